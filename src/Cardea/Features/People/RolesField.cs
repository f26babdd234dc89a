using Cardea.Rules.Permissions;

namespace Cardea.Features.People;

/// <summary>The roles that one may give, as boxes to tick.</summary>
/// <param name="Chosen">As typed: what is none of the offered is not taken.</param>
public sealed record RolesField(IReadOnlyList<Roles> Offered, IReadOnlyList<string> Chosen, string? Error)
{
    /// <summary>Null for what was never offered.</summary>
    public Roles? Read()
    {
        var roles = Roles.None;
        foreach (var text in Chosen)
        {
            if (!Offered.Any(role => role.ToString() == text))
            {
                return null;
            }

            roles |= Enum.Parse<Roles>(text);
        }

        return roles;
    }

    /// <summary>An operator is not made by one person alone.</summary>
    public static IReadOnlyList<Roles> OfferedBy(Manager manager) =>
        [.. AdministrationRules.Grantable(manager).Where(role => role is not Roles.RegistryOperator)];

    /// <summary>What reaches beyond one organization is held at home alone.</summary>
    public static IReadOnlyList<Roles> OfferedInFurtherOrganizationsBy(Manager manager) =>
        [.. OfferedBy(manager).Where(role => AdministrationRules.HeldInFurtherOrganizations.HasFlag(role))];
}
