namespace Cardea.Rules.SecondFactors;

/// <summary>Why a wish cannot be fulfilled, field by field.</summary>
public sealed record OrganizationFactorRefusals
{
    public bool MethodIsNotAllowed { get; init; }

    public bool DaysAreOutOfRange { get; init; }

    public bool Any => this != new OrganizationFactorRefusals();
}

/// <summary>What an organization's administrator wants for all of its people (S1-01).</summary>
/// <param name="Method">Null to ask nobody.</param>
/// <param name="RememberDays">See <see cref="OrganizationSecondFactor.RememberDays"/>.</param>
public sealed record OrganizationFactorWish(OrganizationMethod? Method, int RememberDays)
{
    public OrganizationFactorRefusals Check(SecondFactorPolicy policy) => new()
    {
        MethodIsNotAllowed = Method is { } method && !MethodsIn(policy).Contains(method),
        DaysAreOutOfRange = RememberDays is not 0
            && (!policy.MayBeRemembered || RememberDays is < SecondFactorRules.ShortestRememberDays or > SecondFactorRules.LongestRememberDays),
    };

    /// <summary>Whether people would be asked for less than until now, or later: that takes two.</summary>
    /// <param name="from">When it would begin.</param>
    public bool Loosens(OrganizationSecondFactor? current, DateTimeOffset from, DateTimeOffset now) =>
        current is not null
        && (Method is null
            || (current.Method is OrganizationMethod.Texts && Method is not OrganizationMethod.Texts)   // a code by mail is worth less
            || RememberDays > current.RememberDays
            || (from > now && from > current.From));

    /// <summary>Those that leave people something of what they are called by; everywhere an app or a passkey may stand in.</summary>
    public static IReadOnlyList<OrganizationMethod> MethodsIn(SecondFactorPolicy policy) =>
    [
        .. Enum.GetValues<OrganizationMethod>().Where(method => method switch
        {
            OrganizationMethod.Emails => policy.Allowed.HasFlag(FactorKinds.Email),
            OrganizationMethod.Texts => policy.Allowed.HasFlag(FactorKinds.Text),
            OrganizationMethod.UsersChoose => true,
        }),
    ];
}
