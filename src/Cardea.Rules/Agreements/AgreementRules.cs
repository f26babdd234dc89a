namespace Cardea.Rules.Agreements;

/// <summary>The two texts that staff accept; administrators accept both (S2-05, S2-06).</summary>
public enum AgreementKind
{
    User,
    Administrator,
}

/// <summary>Who must accept an agreement, and when again (S2-05, S2-06, S2-15).</summary>
public static class AgreementRules
{
    /// <summary>
    /// Due when a version is published and it was not accepted: never, in another version, or <paramref name="every"/> or
    /// longer ago (365 days; null asks only once a version).
    /// </summary>
    public static bool IsDue(
        Guid? publishedVersion, Guid? acceptedVersion, DateTimeOffset? acceptedAt, TimeSpan? every, DateTimeOffset now) =>
        publishedVersion is not null
        && (acceptedVersion != publishedVersion || acceptedAt is null || now - acceptedAt >= every);

    public static bool Needs(AgreementKind kind, bool managesPeople) => kind switch
    {
        AgreementKind.User => true,
        AgreementKind.Administrator => managesPeople,
    };
}
