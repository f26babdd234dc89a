using Cardea.Features.Accounts;

namespace Cardea.Features.Recovery;

public static class RecoveryPages
{
    public const string Staff = "/forgot-password";
    public const string Patient = "/patient/forgot-password";
    public const string Names = "/forgot-password/names";
    public const string New = "/forgot-password/new";

    public static string Ask(Audience audience) => audience switch
    {
        Audience.Staff => Staff,
        Audience.Patient => Patient,
    };

    public const string LinkPage = "/forgot-password/link";

    public static string Link(string secret) => $"{LinkPage}?link={secret}";
}
