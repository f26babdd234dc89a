using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondPerson;

/// <summary>Whether there is anybody who could confirm: with a single operator, nobody is left to, and the way is the machine .</summary>
public sealed class SecondPersons(AppDbContext db, PeopleInReach people)
{
    private const Roles OfTheRegistry = Roles.HelpDesk | Roles.RegistryOperator;

    public async Task<bool> AreThereAsync(SecondPersonKind kind, Manager asker, Managed? person, Guid organizationId, CancellationToken cancellationToken)
    {
        var candidates = await db.Memberships.AsNoTracking()
            .Where(m => (m.Roles & OfTheRegistry) != 0 || (m.OrganizationId == organizationId && (m.Roles & Roles.Administrator) != 0))
            .Where(m => m.Account!.DisabledAt == null && m.Account.InactivatedAt == null && m.Account.PasswordHash != null)
            .Select(m => new { m.AccountId, m.OrganizationId, m.Roles, m.Organization!.Type })
            .ToListAsync(cancellationToken);
        return candidates.Any(one => SecondPersonRules.MayConfirm(
            kind, people.ManagerOf(one.AccountId, one.OrganizationId, one.Roles, one.Type), asker, person, organizationId));
    }
}
