using Cardea.Rules.SecondFactors;

namespace Cardea.Features.SecondFactors;

/// <summary>The page of each kind. Those below one step all belong to it.</summary>
public static class FactorPages
{
    public const string ProveAny = "/sign-in/second-factor", SetUpAny = "/sign-in/second-factor-set-up";
    public const string Choose = SetUpAny + "/choose";
    public const string RecoveryCode = ProveAny + "/recovery-code";

    /// <summary>The same pages outside of sign-in: to confirm before something delicate, and to add another factor.</summary>
    public const string Confirm = "/account/confirm", Add = Security + "/add", Security = "/account/security";

    /// <summary>The page that stands for one of sign-in where this request is.</summary>
    public static string Here(HttpRequest request, string page) => IsInAccount(request) ? InAccount(page) : page;

    public static bool IsInAccount(HttpRequest request) => request.Path.StartsWithSegments("/account", StringComparison.OrdinalIgnoreCase);

    public static string InAccount(string page) =>
        page.Replace(SetUpAny, Add, StringComparison.Ordinal).Replace(ProveAny, Confirm, StringComparison.Ordinal);

    /// <summary>The app, which most people have, is the page of the step itself: it costs them no redirect.</summary>
    public static string Prove(FactorKinds kind) => kind is FactorKinds.Authenticator ? ProveAny : $"{ProveAny}/{NameOf(kind)}";

    public static string SetUp(FactorKinds kind) => $"{SetUpAny}/{NameOf(kind)}";

    private static string NameOf(FactorKinds kind) => kind switch
    {
        FactorKinds.Email => "email",
        FactorKinds.Text => "text",
        FactorKinds.Authenticator => "app",
        FactorKinds.Passkey => "passkey",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "One kind."),
    };
}
