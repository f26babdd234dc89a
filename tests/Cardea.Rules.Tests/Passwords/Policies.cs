using Cardea.Rules.Passwords;

namespace Cardea.Rules.Tests.Passwords;

/// <summary>The two presets that disagree most.</summary>
internal static class Policies
{
    public static readonly PasswordPolicy Miic = new()
    {
        MinimumLength = 12,
        MaximumLength = 30,
        RequireUpperCase = true,
        RequireLowerCase = true,
        RequireDigit = true,
        RequiredSpecials = "~@#$%^*()-_+={}[]/?",
        HistoryLength = 10,
        ExpiresAfter = TimeSpan.FromDays(60),
        NoticeBefore = TimeSpan.FromDays(10),
        TemporaryLivesFor = TimeSpan.FromHours(72),
    };

    public static readonly PasswordPolicy Nist = new()
    {
        MinimumLength = 15,
        MaximumLength = 128,
        RequireUpperCase = false,
        RequireLowerCase = false,
        RequireDigit = false,
        RequiredSpecials = "",
        HistoryLength = 1,
        ExpiresAfter = null,
        NoticeBefore = TimeSpan.Zero,
        TemporaryLivesFor = TimeSpan.FromHours(72),
    };
}
