using Cardea.Rules.Permissions;

namespace Cardea.Rules.SecondFactors;

/// <summary>What decides about one person.</summary>
/// <param name="RequiredForAccount">Where the policy asks account by account (S0-09).</param>
/// <param name="Enrolled">What they have set up and not removed.</param>
public sealed record SecondFactorFacts(Roles Roles, bool RequiredForAccount, FactorKinds Enrolled, OrganizationSecondFactor? Organization)
{
    /// <summary>
    /// Of the organization that manages the credentials, which may be another one than the person works for: what both ask holds, and where they differ, the
    /// stricter.
    /// </summary>
    public OrganizationSecondFactor? HomeOrganization { get; init; }
}

public enum SecondFactorDemand
{
    None,

    /// <summary>Right after the password (S2-09).</summary>
    Prove,

    /// <summary>The last thing before the dashboard (S1-02, S2-09).</summary>
    SetUp,
}

/// <summary>Who is asked for a second factor, and for which (S0-09, S1-01 to S1-08, X-04).</summary>
public static class SecondFactorRules
{
    public const int ShortestRememberDays = 3, LongestRememberDays = 90;

    /// <summary>Of their own choice, or once and for all: asked for even where nobody asks for a second factor (any more).</summary>
    private const FactorKinds OwnChoice = FactorKinds.Authenticator | FactorKinds.Passkey;

    /// <summary>
    /// The kinds that are accepted and can be set up: what the policy allows, less what an organization did not pick. A code by mail is no second
    /// factor (N-09): it is none for those who must have one.
    /// </summary>
    public static FactorKinds Allowed(SecondFactorFacts facts, SecondFactorPolicy policy, DateTimeOffset now)
    {
        return Asking(facts, policy, now).Aggregate(ForAnybody(facts, policy), (allowed, organization) => allowed & AcceptedBy(organization));
    }

    /// <summary>The one method that an organization wants for all of its people (S1-01); null where they choose, or two want what does not go together.</summary>
    public static FactorKinds? Picked(SecondFactorFacts facts, SecondFactorPolicy policy, DateTimeOffset now)
    {
        var picked = Asking(facts, policy, now).Where(organization => organization.Method is not OrganizationMethod.UsersChoose).Select(organization => organization.Method switch
        {
            OrganizationMethod.Emails => FactorKinds.Email,
            OrganizationMethod.Texts => FactorKinds.Text,
            OrganizationMethod.UsersChoose => FactorKinds.None,
        }).Distinct().ToList();
        return picked is [var one] ? one : null;
    }

    public static bool IsRequired(SecondFactorFacts facts, SecondFactorPolicy policy, DateTimeOffset now) =>
        IsRequiredForRole(facts, policy) || policy.Scope switch
        {
            SecondFactorScope.ByOrganization => Asking(facts, policy, now).Any(),
            SecondFactorScope.ByAccount => facts.RequiredForAccount,
            SecondFactorScope.Everyone => true,
        };

    /// <summary>
    /// What can be asked for at sign-in; none means that there is nothing to prove. Where nothing that was set up is accepted by both organizations, what one of
    /// them accepts is asked for: else whoever knows the password could set up a factor of their own at the other one.
    /// </summary>
    public static FactorKinds Usable(SecondFactorFacts facts, SecondFactorPolicy policy, DateTimeOffset now)
    {
        var usable = facts.Enrolled & Allowed(facts, policy, now);
        if (!IsRequired(facts, policy, now)) { return usable & OwnChoice; }

        return usable is not FactorKinds.None ? usable
            : facts.Enrolled & ForAnybody(facts, policy) & Asking(facts, policy, now).Aggregate(FactorKinds.None, (accepted, organization) => accepted | AcceptedBy(organization));
    }

    /// <summary>Whether a passkey that this person has set up signs them in by itself.</summary>
    public static bool PasskeySignsIn(SecondFactorFacts facts, SecondFactorPolicy policy, DateTimeOffset now) =>
        policy.PasskeySignsIn && Usable(facts, policy, now).HasFlag(FactorKinds.Passkey);

    public static SecondFactorDemand Decide(SecondFactorFacts facts, SecondFactorPolicy policy, DateTimeOffset now) =>
        Usable(facts, policy, now) is not FactorKinds.None ? SecondFactorDemand.Prove
        : IsRequired(facts, policy, now) ? SecondFactorDemand.SetUp
        : SecondFactorDemand.None;

    /// <summary>Each kind by itself, the strongest first: the order in which they are offered.</summary>
    public static IReadOnlyList<FactorKinds> StrongestFirst(FactorKinds kinds) =>
        [.. Enum.GetValues<FactorKinds>().Where(kind => kind is not FactorKinds.None && kinds.HasFlag(kind)).OrderDescending()];

    /// <summary>For how long a device on which the second factor was proven is not asked again (S1-08). Zero for every time.</summary>
    public static TimeSpan RememberedFor(SecondFactorFacts facts, SecondFactorPolicy policy, DateTimeOffset now) =>
        policy.MayBeRemembered ? TimeSpan.FromDays(Asking(facts, policy, now).Select(organization => organization.RememberDays).DefaultIfEmpty().Min()) : TimeSpan.Zero;

    /// <summary>Whether a device on which it was proven at <paramref name="rememberedAt"/> is believed still.</summary>
    public static bool IsRemembered(
        DateTimeOffset rememberedAt, DateTimeOffset passwordSetAt, SecondFactorFacts facts, SecondFactorPolicy policy, DateTimeOffset now) =>
        now < rememberedAt + RememberedFor(facts, policy, now) && rememberedAt >= passwordSetAt
        && Asking(facts, policy, now).All(organization => rememberedAt >= organization.ChangedAt);

    /// <summary>Whatever organizations say.</summary>
    private static FactorKinds ForAnybody(SecondFactorFacts facts, SecondFactorPolicy policy) =>
        IsRequiredForRole(facts, policy) ? policy.Allowed & ~FactorKinds.Email : policy.Allowed;

    private static FactorKinds AcceptedBy(OrganizationSecondFactor organization) => organization.Method switch
    {
        OrganizationMethod.Emails => OwnChoice | FactorKinds.Email,
        OrganizationMethod.Texts => OwnChoice | FactorKinds.Text,
        OrganizationMethod.UsersChoose => OwnChoice | FactorKinds.Email | FactorKinds.Text,
    };

    private static bool IsRequiredForRole(SecondFactorFacts facts, SecondFactorPolicy policy) =>
        policy.AlwaysForPrivileged && PermissionRules.ManagesPeople(facts.Roles);

    /// <summary>The one that the person works for, and the one that manages their credentials, where they ask.</summary>
    private static IEnumerable<OrganizationSecondFactor> Asking(SecondFactorFacts facts, SecondFactorPolicy policy, DateTimeOffset now) =>
        policy.Scope is not SecondFactorScope.ByOrganization
            ? []
            : new[] { facts.Organization, facts.HomeOrganization }.OfType<OrganizationSecondFactor>().Where(organization => organization.From <= now);
}
