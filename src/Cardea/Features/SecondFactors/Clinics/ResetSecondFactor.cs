using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Organizations;
using Cardea.Features.SecondFactors.Devices;
using Cardea.Features.Sessions;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors.Clinics;

/// <summary>A person whose factors may be taken away.</summary>
public sealed record Resettable
{
    public required Guid AccountId { get; init; }

    public required string Name { get; init; }

    /// <summary>Tells two of one name apart.</summary>
    public required string Username { get; init; }

    public required string? Email { get; init; }

    public required string? Language { get; init; }

    /// <summary>IANA id, of the organization.</summary>
    public required string TimeZone { get; init; }

    public required bool HasFactors { get; init; }
}

/// <summary>
/// Takes all factors of a person away whose phone is gone (S1-11). Their sessions end, they are told, and they set up a new one at the next
/// sign-in where one is required.
/// </summary>
public sealed class ResetSecondFactor(
    AppDbContext db, PeopleInReach inReach, SessionStore sessions, RememberedDevices devices, Outbox outbox, AuditTrail audit, TimeProvider clock)
{
    private const Roles Above = Roles.HelpDesk | Roles.RegistryOperator;

    /// <summary>Of the own organization, neither the administrator nor anybody who stands above one.</summary>
    public IQueryable<Resettable> PeopleOf(SignedInPerson administrator) => Read(db.Memberships.AsNoTracking()
        .Where(m => m.OrganizationId == administrator.OrganizationId && m.Account!.HomeOrganizationId == administrator.OrganizationId)
        .Where(m => m.AccountId != administrator.AccountId && m.Account!.Audience == Audience.Staff && m.Account.DisabledAt == null
            && !db.Memberships.Any(any => any.AccountId == m.AccountId && (any.Roles & Above) != 0))
        .OrderBy(m => m.Account!.FamilyName).ThenBy(m => m.Account!.GivenName));

    private IQueryable<Resettable> Read(IQueryable<Membership> memberships) => memberships
        .Select(m => new Resettable
        {
            AccountId = m.AccountId,
            Name = m.Account!.GivenName + " " + m.Account.FamilyName,
            Username = db.HomeNames().Where(name => name.AccountId == m.AccountId).Select(name => name.Name).FirstOrDefault() ?? "",
            Email = m.Account.Email,
            Language = m.Account.Language,
            TimeZone = m.Account!.TimeZone ?? m.Organization!.TimeZone,
            HasFactors = db.Factors.Any(f => f.AccountId == m.AccountId && f.RemovedAt == null),
        });

    /// <summary>False for anybody else's people, who do not exist here.</summary>
    public Task<bool> RunAsync(SignedInPerson administrator, Guid accountId, CancellationToken cancellationToken) =>
        RunAsync(PeopleOf(administrator), new(accountId, administrator.OrganizationId) { By = inReach.ManagerOf(administrator) }, cancellationToken);

    /// <summary>
    /// Whoever runs the machine does it for those above whom nobody stands: the way back in. False for whom there is nothing to take away.
    /// </summary>
    /// <exception cref="OutOfReachException">Whoever acts may not, or no longer, or not alone.</exception>
    public Task<bool> RunAsync(FoundAccount account, CancellationToken cancellationToken) => RunAsync(
        Read(db.Memberships.AsNoTracking().Where(m => m.OrganizationId == account.HomeOrganizationId)), account, cancellationToken);

    private async Task<bool> RunAsync(IQueryable<Resettable> people, FoundAccount account, CancellationToken cancellationToken)
    {
        var (accountId, now) = (account.Id, clock.Now);
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await inReach.HoldAsync(account, cancellationToken);
        if (account is { By: not null, Confirm: null } && await db.Memberships.AnyAsync(m => m.AccountId == accountId && (m.Roles & Above) != 0, cancellationToken))
        {
            throw new OutOfReachException();   // that takes two
        }

        if (await people.SingleOrDefaultAsync(one => one.AccountId == accountId, cancellationToken) is not { HasFactors: true } person)
        {
            return false;
        }

        foreach (var factor in await db.Factors.Where(f => f.AccountId == accountId && f.RemovedAt == null).ToListAsync(cancellationToken))
        {
            (factor.RemovedAt, factor.RemovedBecause, factor.ProtectedKey) = (now, FactorEnd.ByAdministrator, null);
            audit.Add(new FactorRemoved(accountId, factor.Kind.ToString(), FactorEnd.ByAdministrator));
        }

        await db.RecoveryCodes.Where(code => code.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
        await db.FactorTries.Where(tries => tries.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
        await devices.ForgetAllAsync(accountId, cancellationToken);
        await sessions.EndAllAsync(accountId, butSession: null, SessionEnd.SecondFactorReset, cancellationToken);
        if (person.Email is { } email)
        {
            outbox.Add(new FactorsResetMail(accountId, email, person.Name, person.Language, now, person.TimeZone));
        }

        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return true;
    }
}
