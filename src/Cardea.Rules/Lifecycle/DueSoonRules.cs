namespace Cardea.Rules.Lifecycle;

/// <summary>What a person will be asked to renew.</summary>
public enum DueSoonKind
{
    UserAgreement,
    AdministratorAgreement,
    EmailReconfirmation,
    Password,
}

/// <summary>A renewal, and from when on a sign-in asks for it.</summary>
public sealed record DueSoon(DueSoonKind Kind, DateTimeOffset At);

/// <summary>What the dashboard says is coming, so that nobody is surprised in front of a patient (S2-15, S2-16).</summary>
public static class DueSoonRules
{
    /// <summary>
    /// Due by the end of the <paramref name="horizon"/>, soonest first. What has fallen due during the session is listed too:
    /// it is asked at the next sign-in. A fact that is missing, or a null period, gives no entry.
    /// </summary>
    public static IReadOnlyList<DueSoon> Within(
        TimeSpan horizon,
        DateTimeOffset now,
        DateTimeOffset? userAgreementAcceptedAt,
        DateTimeOffset? administratorAgreementAcceptedAt,
        TimeSpan? agreementEvery,
        DateTimeOffset? emailConfirmedAt,
        TimeSpan? emailEvery,
        DateTimeOffset passwordSetAt,
        TimeSpan? passwordExpiresAfter)
    {
        DueSoon?[] renewals =
        [
            Renewal(DueSoonKind.UserAgreement, userAgreementAcceptedAt, agreementEvery),
            Renewal(DueSoonKind.AdministratorAgreement, administratorAgreementAcceptedAt, agreementEvery),
            Renewal(DueSoonKind.EmailReconfirmation, emailConfirmedAt, emailEvery),
            Renewal(DueSoonKind.Password, passwordSetAt, passwordExpiresAfter),
        ];

        return [.. renewals.OfType<DueSoon>().OrderBy(renewal => renewal.At).ThenBy(renewal => renewal.Kind)];

        DueSoon? Renewal(DueSoonKind kind, DateTimeOffset? last, TimeSpan? every) =>
            last + every is { } at && at - now <= horizon ? new(kind, at) : null;
    }
}
