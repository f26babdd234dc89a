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
