using Cardea.Data;
using Cardea.Features.Organizations;
using Cardea.Features.SetUp;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

/// <summary>Somebody must always be able to run the registry .</summary>
public static class Operators
{
    extension(AppDbContext db)
    {
        /// <summary>Nobody counts who was only invited: their mail may never arrive.</summary>
        /// <param name="temporarySince">Older temporary passwords let nobody in (S2-03).</param>
        public IQueryable<Membership> UsableOperators(DateTimeOffset temporarySince) =>
            db.Memberships.Where(m => (m.Roles & Roles.RegistryOperator) != 0 && m.Account!.DisabledAt == null && m.Account.InactivatedAt == null
                && m.Account.PasswordHash != null
                && m.Organization!.DeactivatedAt == null && m.Account.HomeOrganization!.DeactivatedAt == null
                && (!m.Account.PasswordIsTemporary || m.Account.PasswordSetAt > temporarySince));

        /// <summary>
        /// Part of a transaction that would take an operator away. Such transactions pass one at a time, by the lock of the registry's row:
        /// of two operators who disable each other at the same moment, one must stay.
        /// </summary>
        public async Task<bool> IsLastUsableOperatorAsync(Guid accountId, DateTimeOffset temporarySince, CancellationToken cancellationToken)
        {
            await db.TakeTurnOfRegistryAsync(cancellationToken);
            var usable = await db.UsableOperators(temporarySince).Select(m => m.AccountId).Distinct().Take(2).ToListAsync(cancellationToken);
            return usable.Count == 1 && usable[0] == accountId;
        }

        /// <summary>
        /// As <see cref="IsLastUsableOperatorAsync"/>, of the administrators of an organization, by the lock of its row. Whoever would take the last one
        /// away names another first. A deactivated organization needs none.
        /// </summary>
        public async Task<bool> IsLastUsableAdministratorAsync(
            Guid accountId, Guid organizationId, DateTimeOffset temporarySince, CancellationToken cancellationToken)
        {
            await db.Organizations.Where(o => o.Id == organizationId).ExecuteUpdateAsync(set => set.SetProperty(o => o.Name, o => o.Name), cancellationToken);
            var usable = await db.Memberships
                .Where(m => m.OrganizationId == organizationId && (m.Roles & Roles.Administrator) != 0
                    && m.Organization!.DeactivatedAt == null && m.Account!.DisabledAt == null && m.Account.InactivatedAt == null
                    && m.Account.PasswordHash != null && (!m.Account.PasswordIsTemporary || m.Account.PasswordSetAt > temporarySince))
                .Select(m => m.AccountId).Take(2).ToListAsync(cancellationToken);
            return usable.Count == 1 && usable[0] == accountId;
        }

        /// <summary>As <see cref="IsLastUsableOperatorAsync"/>, for all who work for an organization, or have their home there.</summary>
        public async Task<bool> HasAllUsableOperatorsAsync(Guid organizationId, DateTimeOffset temporarySince, CancellationToken cancellationToken)
        {
            await db.TakeTurnOfRegistryAsync(cancellationToken);
            var usable = db.UsableOperators(temporarySince);
            return await usable.AnyAsync(cancellationToken)
                && !await usable.AnyAsync(m => m.OrganizationId != organizationId && m.Account!.HomeOrganizationId != organizationId, cancellationToken);
        }

        /// <summary>From here to the end of the transaction, what must not be done by two at once takes turns.</summary>
        public Task TakeTurnOfRegistryAsync(CancellationToken cancellationToken) =>
            db.Registry.ExecuteUpdateAsync(set => set.SetProperty(registry => registry.DisplayName, registry => registry.DisplayName), cancellationToken);
    }
}
