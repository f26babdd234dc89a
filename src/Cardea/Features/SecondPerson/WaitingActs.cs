using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondPerson;

/// <summary>Something that one person has asked for, as another sees it.</summary>
public sealed record WaitingAct
{
    public required Guid Id { get; init; }

    public required SecondPersonKind Kind { get; init; }

    public required AskedAct Asked { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public required Guid AskedBy { get; init; }

    public required string AskerName { get; init; }

    /// <summary>The first person as they are now; null when they may not ask for anything any more.</summary>
    public required Manager? Asker { get; init; }

    /// <summary>Null where it happens to an organization.</summary>
    public required PersonInReach? Person { get; init; }

    public required Guid OrganizationId { get; init; }

    public required string OrganizationName { get; init; }

    /// <summary>Nobody has settled it, it has not lapsed, and the first person may still ask for it.</summary>
    public required bool IsOpen { get; init; }

    public required bool IsMine { get; init; }

    public required bool MayConfirm { get; init; }

    /// <summary>To whom, or to what, it would happen.</summary>
    public string Subject => Person?.DisplayName ?? OrganizationName;
}

/// <summary>What waits for a second person, for one who asked or may confirm; for anybody else it does not exist.</summary>
public sealed class WaitingActs(AppDbContext db, PeopleInReach people, TimeProvider clock)
{
    /// <summary>More than anybody works off; the oldest first.</summary>
    private const int MostShown = 50;

    public async Task<IReadOnlyList<WaitingAct>> ReadAsync(Manager viewer, CancellationToken cancellationToken)
    {
        var oldest = clock.Now - SecondPersonRules.WaitsFor;
        var pending = await db.PendingActs.AsNoTracking()
            .Where(act => act.EndedAt == null && act.AskedAt > oldest)
            .OrderBy(act => act.AskedAt).ThenBy(act => act.Id).Take(MostShown)
            .ToListAsync(cancellationToken);
        var found = new List<WaitingAct>();
        foreach (var act in pending)
        {
            if (await SeeAsync(viewer, act, cancellationToken) is { IsOpen: true } seen)
            {
                found.Add(seen);
            }
        }

        return found;
    }

    /// <summary>Also what is settled; null for what does not exist, or not for this viewer.</summary>
    public async Task<WaitingAct?> FindAsync(Manager viewer, Guid id, CancellationToken cancellationToken) =>
        await db.PendingActs.AsNoTracking().SingleOrDefaultAsync(act => act.Id == id, cancellationToken) is { } act
            ? await SeeAsync(viewer, act, cancellationToken)
            : null;

    private async Task<WaitingAct?> SeeAsync(Manager viewer, PendingAct act, CancellationToken cancellationToken)
    {
        var person = act.AccountId is { } accountId ? await people.FindAsync(viewer, accountId, cancellationToken) : null;
        var organizationId = person?.Facts.HomeOrganizationId ?? act.OrganizationId;
        if (organizationId is not { } organization || (act.AccountId is not null && person is not { IsDeleted: false }))
        {
            return null;
        }

        var (kind, asked) = (AskedAct.KindOf(act.Kind), AskedAct.Read(act.Details));
        var asker = await people.FindManagerAsync(act.AskedBy, asked.AskedIn, cancellationToken);
        var mayStillAsk = asker is not null && SecondPersonRules.MayAsk(kind, asker, person?.Facts, organization);
        var isMine = act.AskedBy == viewer.AccountId;
        var mayConfirm = mayStillAsk && SecondPersonRules.MayConfirm(kind, viewer, asker!, person?.Facts, organization);
        if (!isMine && !mayConfirm)
        {
            return null;
        }

        if (await db.Accounts.Where(a => a.Id == act.AskedBy)
            .Select(a => new { Asker = a.GivenName + " " + a.FamilyName, Organization = db.Organizations.Where(o => o.Id == organization).Select(o => o.Name).Single() })
            .SingleOrDefaultAsync(cancellationToken) is not { } names)
        {
            return null;
        }

        return new()
        {
            Id = act.Id,
            Kind = kind,
            Asked = asked,
            Reason = act.Reason,
            AskedAt = act.AskedAt,
            AskedBy = act.AskedBy,
            AskerName = names.Asker,
            Asker = asker,
            Person = person,
            OrganizationId = organization,
            OrganizationName = names.Organization,
            IsOpen = act.EndedAt is null && act.AskedAt > clock.Now - SecondPersonRules.WaitsFor && mayStillAsk,
            IsMine = isMine,
            MayConfirm = mayConfirm,
        };
    }
}
