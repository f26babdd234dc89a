using Cardea.Data;
using Cardea.Features.Sessions;
using Cardea.Policies;
using Cardea.Rules.Invitations;
using Cardea.Rules.Recovery;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Recovery;

/// <summary>One that is good.</summary>
/// <param name="Proof">What is asked for beside it.</param>
public sealed record OpenLink(Guid Id, RecoveringPerson Person, ProofAfterLink Proof);

/// <summary>Finds out what a link is good for. Looking changes nothing: mail programs open links by themselves (S2-33).</summary>
public sealed class ResetLinks(AppDbContext db, RecoveringPeople people, PolicyBook policies, TimeProvider clock)
{
    /// <summary>By the link as it was mailed. Null when it is over, whatever the reason.</summary>
    public async Task<OpenLink?> FindAsync(string? secret, CancellationToken cancellationToken)
    {
        if (!Secrets.HasShape(secret))
        {
            return null;
        }

        var hash = Secrets.Hash(secret!);
        var link = await db.ResetLinks.AsNoTracking()
            .SingleOrDefaultAsync(l => l.SecretHash == hash && !l.IsInvitation && l.ReplacedAt == null && l.ProvenAt == null, cancellationToken);
        return await OpenAsync(link, livesFor: person => policies.For(person.OrganizationId).Recovery.LinkLivesFor, since: l => l.MadeAt, cancellationToken);
    }

    /// <summary>By an invitation as it was mailed. Whatever the policy asks beside a reset link, a new person has nothing yet to answer it with.</summary>
    public async Task<OpenLink?> FindInvitationAsync(string? secret, CancellationToken cancellationToken)
    {
        if (!Secrets.HasShape(secret))
        {
            return null;
        }

        var hash = Secrets.Hash(secret!);
        var link = await db.ResetLinks.AsNoTracking()
            .SingleOrDefaultAsync(l => l.SecretHash == hash && l.IsInvitation && l.ReplacedAt == null && l.ProvenAt == null, cancellationToken);
        return await OpenAsync(link, livesFor: person => policies.For(person.OrganizationId).Passwords.TemporaryLivesFor, since: l => l.MadeAt, cancellationToken);
    }

    /// <summary>By the ticket of the browser in which all was proven. A newer link does not end it: whoever asks for one may be somebody else.</summary>
    public async Task<OpenLink?> FindByTicketAsync(string? ticket, CancellationToken cancellationToken)
    {
        if (!Secrets.HasShape(ticket))
        {
            return null;
        }

        var hash = Secrets.Hash(ticket!);
        var link = await db.ResetLinks.AsNoTracking().SingleOrDefaultAsync(l => l.TicketHash == hash && l.UsedAt == null, cancellationToken);
        return await OpenAsync(link, livesFor: _ => RecoveryRules.ProofHoldsFor, since: l => l.ProvenAt!.Value, cancellationToken);
    }

    /// <summary>From here on the link itself opens nothing. Part of the caller's transaction.</summary>
    /// <returns>The ticket that the browser is given instead; null when another request was first.</returns>
    public async Task<string?> TrySpendAsync(OpenLink link, CancellationToken cancellationToken)
    {
        var (now, ticket) = (clock.Now, Secrets.New());
        var hash = Secrets.Hash(ticket);
        var spent = await db.ResetLinks
            .Where(l => l.Id == link.Id && l.ProvenAt == null && l.ReplacedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.ProvenAt, now).SetProperty(l => l.TicketHash, hash), cancellationToken);
        return spent == 1 ? ticket : null;
    }

    private async Task<OpenLink?> OpenAsync(
        ResetLink? link, Func<RecoveringPerson, TimeSpan> livesFor, Func<ResetLink, DateTimeOffset> since, CancellationToken cancellationToken)
    {
        if (link is null)
        {
            return null;
        }

        var person = await people.FindAsync(link.AccountId, cancellationToken);
        return clock.Now < since(link) + livesFor(person)
            && link.SentTo == person.FoldedEmail
            && link.PasswordSetAt == person.PasswordSetAt
            && (link.IsInvitation ? InvitationRules.Check(person.InvitationFacts) is null : people.WhyNot(person) is null)
                ? new(link.Id, person, link.IsInvitation ? ProofAfterLink.Nothing : people.ProofFor(person))
                : null;
    }
}
