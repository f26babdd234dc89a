namespace Cardea.Rules.Permissions;

/// <summary>What nobody does alone.</summary>
public enum SecondPersonKind
{
    MakeOperator,

    /// <summary>Of somebody who could open everything.</summary>
    ResetFactors,

    /// <summary>For an organization; or asking for less than before.</summary>
    SwitchOffMfa,

    /// <summary>Opening the account of a caller who could not show who they are.</summary>
    UncheckedHelp,
}

/// <summary>
/// What could open everything takes two: one asks, another one does it. Neither is whom it happens to. The second stands no lower than the first, and could
/// have asked themselves.
/// </summary>
public static class SecondPersonRules
{
    public static readonly TimeSpan WaitsFor = TimeSpan.FromHours(24);

    public static bool ResetTakesTwo(Managed person) => person.Rank is Rank.HelpDesk or Rank.Operator;

    /// <param name="person">Null where it happens to an organization.</param>
    /// <param name="organizationId">To which it happens, or at home in which the person is.</param>
    public static bool MayAsk(SecondPersonKind kind, Manager asker, Managed? person, Guid organizationId) => kind switch
    {
        SecondPersonKind.MakeOperator => asker.Rank is Rank.Operator && MayHelp(asker, person) && !person!.Roles.HasFlag(Roles.RegistryOperator),
        SecondPersonKind.ResetFactors => MayHelp(asker, person) && ResetTakesTwo(person!),
        SecondPersonKind.SwitchOffMfa => asker.Roles.HasFlag(Roles.Administrator) && asker.OrganizationId == organizationId,
        SecondPersonKind.UncheckedHelp => MayHelp(asker, person) && CallerRules.MustBeChecked(asker, person!),
    };

    /// <param name="asker">As they are now: nobody confirms what the first one may not ask any more.</param>
    public static bool MayConfirm(SecondPersonKind kind, Manager second, Manager asker, Managed? person, Guid organizationId) =>
        second.AccountId != asker.AccountId
        && second.Rank >= asker.Rank
        && MayAsk(kind, asker, person, organizationId)
        && kind switch
        {
            SecondPersonKind.MakeOperator => second.Rank is Rank.Operator && MayHelp(second, person),
            SecondPersonKind.ResetFactors or SecondPersonKind.UncheckedHelp => MayHelp(second, person),
            SecondPersonKind.SwitchOffMfa => second.Rank is Rank.Operator || (second.Roles.HasFlag(Roles.Administrator) && second.OrganizationId == organizationId),
        };

    /// <summary>Nobody helps themselves: neither the first nor the second is the person.</summary>
    private static bool MayHelp(Manager manager, Managed? person) => person is not null && AdministrationRules.CheckHelp(manager, person) is null;
}
