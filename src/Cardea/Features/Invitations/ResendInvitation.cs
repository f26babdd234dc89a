using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Recovery;
using Cardea.Rules.Invitations;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Invitations;

public abstract record ResendInvitationOutcome
{
    /// <param name="To">The address on file.</param>
    public sealed record Sent(string To, DateTimeOffset WorksUntil) : ResendInvitationOutcome;

    /// <summary>Its person has been in, or has a password of their own: a new temporary password helps instead.</summary>
    public sealed record IsInUse : ResendInvitationOutcome;

    public sealed record IsDisabled : ResendInvitationOutcome;

    /// <summary>It must be reactivated, for a reason (S2-19).</summary>
    public sealed record IsInactive : ResendInvitationOutcome;

    public sealed record NoAddress : ResendInvitationOutcome;

    /// <summary>So many were sent within the hour that this one was not.</summary>
    public sealed record TooOften : ResendInvitationOutcome;

    /// <summary>Nobody has said where people reach the registry: a link would lead nowhere.</summary>
    public sealed record NoPublicAddress : ResendInvitationOutcome;
}

/// <summary>Invites anew whoever has never been in: the mail went astray, or its link, or a temporary password, ran out (S2-03).</summary>
public sealed class ResendInvitation(AppDbContext db, PeopleInReach inReach, RecoveringPeople people, InvitationLinks invitations, TimeProvider clock)
{
    /// <summary>To one person: whoever has got so many has mail enough.</summary>
    private const int MostMails = 5;

    private static readonly TimeSpan Within = TimeSpan.FromHours(1);

    public async Task<ResendInvitationOutcome> RunAsync(FoundAccount account, CancellationToken cancellationToken)
    {
        if (!await invitations.CanBeMadeAsync(cancellationToken))
        {
            return new ResendInvitationOutcome.NoPublicAddress();
        }

        await using var write = await db.BeginWriteAsync(cancellationToken);
        await inReach.HoldAsync(account, cancellationToken);
        var person = await people.FindAsync(account.Id, cancellationToken);
        if (InvitationRules.Check(person.InvitationFacts) is { } refusal)
        {
            return refusal switch
            {
                InvitationRefusal.Disabled => new ResendInvitationOutcome.IsDisabled(),
                InvitationRefusal.Inactive => new ResendInvitationOutcome.IsInactive(),
                InvitationRefusal.InUse => new ResendInvitationOutcome.IsInUse(),
            };
        }

        if (person.Email is not { } email)
        {
            return new ResendInvitationOutcome.NoAddress();
        }

        var since = clock.Now - Within;
        if (await db.ResetLinks.CountAsync(link => link.AccountId == account.Id && link.IsInvitation && link.MadeAt > since, cancellationToken) >= MostMails)
        {
            return new ResendInvitationOutcome.TooOften();
        }

        var worksUntil = await invitations.AddAsync(account.Id, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new ResendInvitationOutcome.Sent(email, worksUntil);
    }
}
