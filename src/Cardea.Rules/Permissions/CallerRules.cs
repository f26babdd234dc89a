namespace Cardea.Rules.Permissions;

/// <summary>Whoever calls the help desk says who they are; only a code that the product gave them shows it.</summary>
public static class CallerRules
{
    /// <summary>One call, with some time to spare.</summary>
    public static readonly TimeSpan CheckHoldsFor = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Before somebody opens the account of a person whom they have never met. Whoever manages an organization's people knows them, and answers for it
    /// with their word.
    /// </summary>
    public static bool MustBeChecked(Manager manager, Managed person) =>
        manager.Reach is Reach.Everybody && manager.OrganizationId != person.HomeOrganizationId;
}
