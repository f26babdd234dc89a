using System.Text.Json;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Sessions;
using Cardea.Policies;
using Cardea.Rules.EmailAddresses;
using Cardea.Rules.Recovery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Recovery;

/// <summary>Answers one request by mail. The request goes in the transaction of its answer: of two nodes, one answers.</summary>
public sealed class FulfilRequest(
    AppDbContext db, PolicyBook policies, RecoveringPeople people, Outbox outbox, Actor actor, AuditTrail audit, IDataProtectionProvider protection,
    TimeProvider clock)
{
    /// <summary>To one address, of each kind: whoever has asked so often has mail enough, and so has whoever somebody else asks for.</summary>
    private const int MostMails = 5;

    private const int MostNames = 20;

    private static readonly TimeSpan Within = TimeSpan.FromHours(1);

    public async Task RunAsync(RecoveryRequest request, CancellationToken cancellationToken)
    {
        var wish = JsonSerializer.Deserialize<RecoveryWish>(protection.CreateProtector(AskForRecovery.Purpose).Unprotect(request.Payload))
            ?? throw new JsonException("The payload is null.");
        actor.IsAnonymous(wish.Address);
        await using var write = await db.BeginWriteAsync(cancellationToken, WriteTurn.AfterOthers);
        if (await db.RecoveryRequests.Where(r => r.Id == request.Id).ExecuteDeleteAsync(cancellationToken) == 1)
        {
            await (wish.Kind switch
            {
                RecoveryWishKind.Link => AnswerLinkAsync(wish, cancellationToken),
                RecoveryWishKind.SignInNames => AnswerNamesAsync(wish, cancellationToken),
            });
            await db.SaveChangesAsync(cancellationToken);
        }

        await write.CommitAsync(cancellationToken);
    }

    private async Task AnswerLinkAsync(RecoveryWish wish, CancellationToken cancellationToken)
    {
        if (await people.FindAsync(wish, cancellationToken) is not { Email: { } email } found)
        {
            audit.Add(new ResetAsked(null, null, ResetAnswer.NobodyLikeThat));
            return;
        }

        await db.TakeTurnAsync(found.AccountId, cancellationToken);
        var person = await people.FindAsync(found.AccountId, cancellationToken);   // as it is now: the turn may have been waited for
        var refusal = people.WhyNot(person);
        if (await (refusal is null ? HasLinksEnoughAsync(person, cancellationToken) : HasMailEnoughAsync(person.AccountId, ResetRefusedMail.Kind, cancellationToken)))
        {
            audit.Add(new ResetAsked(person.AccountId, person.OrganizationId, ResetAnswer.MailEnough));
            return;
        }

        var (now, language) = (clock.Now, person.Language ?? wish.Language);
        if (refusal is { } reason)
        {
            outbox.Add(new ResetRefusedMail(person.AccountId, email, person.DisplayName, language, person.Audience, reason, now));
            audit.Add(new ResetAsked(person.AccountId, person.OrganizationId, ResetAnswer.Refused, reason));
            return;
        }

        await db.ResetLinks.Where(link => link.AccountId == person.AccountId && link.ReplacedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(link => link.ReplacedAt, now), cancellationToken);
        var secret = Secrets.New();
        db.ResetLinks.Add(new()
        {
            Id = clock.NewId(),
            AccountId = person.AccountId,
            SecretHash = Secrets.Hash(secret),
            SentTo = person.FoldedEmail!,
            PasswordSetAt = person.PasswordSetAt,
            MadeAt = now,
        });
        outbox.Add(new ResetLinkMail(
            person.AccountId, email, person.DisplayName, language, now, policies.For(person.OrganizationId).Recovery.LinkLivesFor, secret));
        audit.Add(new ResetAsked(person.AccountId, person.OrganizationId, ResetAnswer.LinkSent));
    }

    /// <summary>Of staff: patients sign in by the very address.</summary>
    private async Task AnswerNamesAsync(RecoveryWish wish, CancellationToken cancellationToken)
    {
        var typed = EmailAddressRules.Folded(wish.Email ?? "");
        var accounts = await db.SignInNames.AsNoTracking()
            .Where(name => name.Account!.NormalizedEmail == typed && name.Account.Audience == Audience.Staff && name.Account.DisabledAt == null)
            .Where(name => name.Account!.HomeOrganization!.DeactivatedAt == null)
            .OrderBy(name => name.AccountId)
            .Select(name => new
            {
                name.AccountId,
                name.Account!.Email,
                Person = name.Account.GivenName + " " + name.Account.FamilyName,
                name.Account.Language,
                Code = db.Organizations.Where(o => o.Id == name.Scope).Select(o => o.Code).FirstOrDefault() ?? name.Account.HomeOrganization!.Code,
                name.Name,
            })
            .Take(MostNames)
            .ToListAsync(cancellationToken);
        if (accounts is [var one, ..])
        {
            await db.TakeTurnAsync(one.AccountId, cancellationToken);
        }

        if (accounts is not [var first, ..] || await HasMailEnoughAsync(first.AccountId, SignInNamesMail.Kind, cancellationToken))
        {
            audit.Add(new SignInNamesAsked(accounts.FirstOrDefault()?.AccountId, WereSent: false));
            return;
        }

        outbox.Add(new SignInNamesMail(
            first.AccountId,
            first.Email!,
            first.Person,
            first.Language ?? wish.Language,
            [.. accounts.Select(account => new MailedSignInName(account.Person, account.Code, account.Name))],
            policies.Everywhere.Identifier,
            clock.Now));
        audit.Add(new SignInNamesAsked(first.AccountId, WereSent: true));
    }

    /// <summary>Never all that live: else a stranger who asks often would leave its owner without one that works .</summary>
    private async Task<bool> HasLinksEnoughAsync(RecoveringPerson person, CancellationToken cancellationToken)
    {
        var livesFor = policies.For(person.OrganizationId).Recovery.LinkLivesFor;
        var since = clock.Now - (livesFor < Within ? livesFor : Within);
        return await db.ResetLinks.CountAsync(
            link => link.AccountId == person.AccountId && !link.IsInvitation && link.SentTo == person.FoldedEmail && link.MadeAt > since, cancellationToken) >= MostMails;
    }

    private async Task<bool> HasMailEnoughAsync(Guid accountId, string kind, CancellationToken cancellationToken)
    {
        var since = clock.Now - Within;
        return await db.OutboxMessages.CountAsync(m => m.AccountId == accountId && m.Kind == kind && m.CreatedAt > since, cancellationToken) >= MostMails;
    }
}
