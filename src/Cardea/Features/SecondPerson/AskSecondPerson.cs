using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondPerson;

public enum AskSecondPersonOutcome
{
    /// <summary>Now, or a moment ago by the other click of two.</summary>
    Asked,

    /// <summary>X-05: the way is the command line on the machine.</summary>
    NobodyCouldConfirm,
}

/// <summary>Keeps what the first person wants until a second one does it.</summary>
public sealed class AskSecondPerson(AppDbContext db, PeopleInReach people, SecondPersons seconds, AuditTrail audit, TimeProvider clock)
{
    /// <param name="account">To whom it would happen; null where it is the own organization.</param>
    /// <param name="reason">A line that has been checked.</param>
    /// <exception cref="OutOfReachException">Who asks may not.</exception>
    public async Task<AskSecondPersonOutcome> RunAsync(
        SignedInPerson asker, SecondPersonKind kind, FoundAccount? account, AskedAct asked, string reason, CancellationToken cancellationToken)
    {
        var organization = account?.HomeOrganizationId ?? asker.OrganizationId;
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.TakeTurnAsync(asker.AccountId, cancellationToken);
        var manager = await people.FindManagerAsync(asker.AccountId, asker.OrganizationId, cancellationToken) ?? throw new OutOfReachException();
        var person = account is null
            ? null
            : (await people.FindAsync(manager, account.Id, cancellationToken) is { IsDeleted: false } found ? found : throw new OutOfReachException()).Facts;
        if (!SecondPersonRules.MayAsk(kind, manager, person, organization))
        {
            throw new OutOfReachException();
        }

        var (name, details, oldest) = (AskedAct.NameOf(kind), asked.Write(), clock.Now - SecondPersonRules.WaitsFor);
        var organizationId = account is null ? organization : (Guid?)null;
        if (await db.PendingActs.AnyAsync(
            act => act.EndedAt == null && act.AskedAt > oldest && act.AskedBy == asker.AccountId && act.Kind == name
                && act.AccountId == (account == null ? null : account.Id) && act.OrganizationId == organizationId && act.Details == details,
            cancellationToken))
        {
            return AskSecondPersonOutcome.Asked;
        }

        if (!await seconds.AreThereAsync(kind, manager, person, organization, cancellationToken))
        {
            return AskSecondPersonOutcome.NobodyCouldConfirm;
        }

        var id = clock.NewId();
        db.PendingActs.Add(new()
        {
            Id = id,
            Kind = name,
            AccountId = account?.Id,
            OrganizationId = organizationId,
            Details = details,
            Reason = reason,
            AskedBy = asker.AccountId,
            AskedAt = clock.Now,
        });
        audit.Add(new ActAsked(id, name, account?.Id, organization, reason));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return AskSecondPersonOutcome.Asked;
    }
}
