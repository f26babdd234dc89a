using Cardea.Rules.SecondFactors;

namespace Cardea.Features.SecondFactors;

/// <summary>The page of each kind. Those below one step all belong to it.</summary>
public static class FactorPages
{
    public const string ProveAny = "/sign-in/second-factor", SetUpAny = "/sign-in/second-factor-set-up";
    public const string Choose = SetUpAny + "/choose";
    public const string RecoveryCode = ProveAny + "/recovery-code";

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
