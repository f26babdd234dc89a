namespace Cardea.Rules.Passwords;

/// <summary>What an organization asks of a password. Lengths are in code points after NFC (N-02).</summary>
public sealed record PasswordPolicy
{
    /// <summary>8 or more (V6.2.1); 12 in MIIC (S2-12).</summary>
    public required int MinimumLength { get; init; }

    /// <summary>Up to <see cref="PasswordRules.LongestEver"/>; 30 in MIIC (S2-12, K-02).</summary>
    public required int MaximumLength { get; init; }

    /// <summary>One of A–Z. Letters beyond ASCII are welcome but do not count, as the form's "(A - Z)" says (S2-12, K-01).</summary>
    public required bool RequireUpperCase { get; init; }

    /// <summary>One of a–z (S2-12).</summary>
    public required bool RequireLowerCase { get; init; }

    /// <summary>One of 0–9 (S2-12).</summary>
    public required bool RequireDigit { get; init; }

    /// <summary>One of these characters; empty asks for none. Other signs are welcome but do not count (S2-12).</summary>
    public required string RequiredSpecials { get; init; }

    /// <summary>How many of a person's last passwords must not come back, the one they have included; 10 in MIIC (S2-13).</summary>
    public required int HistoryLength { get; init; }

    /// <summary>Counted from when the password was set; null for never (S2-16, K-03).</summary>
    public required TimeSpan? ExpiresAfter { get; init; }

    /// <summary>How long before the expiry the owner is told (S2-16).</summary>
    public required TimeSpan NoticeBefore { get; init; }

    /// <summary>How long a temporary password opens the first sign-in; 72 hours (S2-03, V6.4.1).</summary>
    public required TimeSpan TemporaryLivesFor { get; init; }
}
