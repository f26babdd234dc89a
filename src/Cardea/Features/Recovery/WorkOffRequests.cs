using System.Security.Cryptography;
using System.Text.Json;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Sessions;
using Cardea.Features.SetUp;
using Cardea.Hosting;
using Cardea.Policies;
using Cardea.Rules.EmailAddresses;
using Cardea.Rules.Recovery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Recovery;

/// <summary>Answers, by mail alone, what was asked for at the door (S2-31 to S2-33, S2-35, X-01). Off the way of those who ask.</summary>
public sealed partial class WorkOffRequests(
    IServiceScopeFactory scopes, AppDbContext db, RegistryProfile registry, ILogger<WorkOffRequests> logger) : IRound
{
    private const int AtOnce = 100;

    public static TimeSpan Every => TimeSpan.FromSeconds(3);

    public static string Work => "Answering requests to reset a password";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await db.RecoveryRequests.AsNoTracking().OrderBy(r => r.MadeAt).Take(AtOnce).ToListAsync(cancellationToken) is { Count: > 0 } waiting)
        {
            if ((await registry.GetAsync(cancellationToken)).PublicAddress is null)
            {
                Log.NoPublicAddress(logger);
            }

            foreach (var request in waiting)
            {
                await using var scope = scopes.CreateAsyncScope();   // each has an actor of its own
                await scope.ServiceProvider.GetRequiredService<AnswerRequest>().RunAsync(request, cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5041, LogLevel.Warning, "Somebody asks to reset a password, but no link can be sent: Cardea:PublicAddress is not set.")]
        public static partial void NoPublicAddress(ILogger logger);
    }
}

/// <summary>One of them. The request goes in the transaction of its answer: of two nodes, one answers.</summary>
public sealed partial class AnswerRequest(
    AppDbContext db, PolicyBook policies, RecoveringPeople people, Outbox outbox, Actor actor, AuditTrail audit, IDataProtectionProvider protection,
    TimeProvider clock, ILogger<AnswerRequest> logger)
{
    /// <summary>To one person, of each kind: whoever has asked so often has mail enough, and so has whoever somebody else asks for.</summary>
    private const int MostMails = 5;

    private const int MostNames = 20;

    private static readonly TimeSpan Within = TimeSpan.FromHours(1);

    public async Task RunAsync(RecoveryRequest request, CancellationToken cancellationToken)
    {
        var wish = Read(request);
        if (wish is not null)
        {
            actor.IsAnonymous(wish.Address);
        }

        await using var write = await db.BeginWriteAsync(cancellationToken, WriteTurn.AfterOthers);
        if (await db.RecoveryRequests.Where(r => r.Id == request.Id).ExecuteDeleteAsync(cancellationToken) == 1 && wish is not null)
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

    private RecoveryWish? Read(RecoveryRequest request)
    {
        try
        {
            return JsonSerializer.Deserialize<RecoveryWish>(protection.CreateProtector(AskForRecovery.Purpose).Unprotect(request.Payload));
        }
        catch (CryptographicException problem)
        {
            Log.Unreadable(logger, problem);   // its key is gone: whoever asked will ask again
            return null;
        }
    }

    private async Task AnswerLinkAsync(RecoveryWish wish, CancellationToken cancellationToken)
    {
        if (await people.FindAsync(wish, cancellationToken) is not { Email: { } email } person)
        {
            audit.Add(new ResetAsked(null, null, ResetAnswer.NobodyLikeThat));
            return;
        }

        await db.TakeTurnAsync(person.AccountId, cancellationToken);
        var refusal = people.WhyNot(person);
        var kind = refusal is null ? ResetLinkMail.Kind : ResetRefusedMail.Kind;
        if (await HasMailEnoughAsync(person.AccountId, kind, cancellationToken))
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
            .OrderBy(name => name.AccountId)
            .Select(name => new
            {
                name.AccountId,
                name.Account!.Email,
                Person = name.Account.GivenName + " " + name.Account.FamilyName,
                name.Account.Language,
                name.Account.HomeOrganization!.Code,
                name.Name,
            })
            .Take(MostNames)
            .ToListAsync(cancellationToken);
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

    private async Task<bool> HasMailEnoughAsync(Guid accountId, string kind, CancellationToken cancellationToken)
    {
        var since = clock.Now - Within;
        return await db.OutboxMessages.CountAsync(m => m.AccountId == accountId && m.Kind == kind && m.CreatedAt > since, cancellationToken) >= MostMails;
    }

    private static partial class Log
    {
        [LoggerMessage(5042, LogLevel.Warning, "A request to reset a password cannot be read, and is dropped.")]
        public static partial void Unreadable(ILogger logger, Exception problem);
    }
}
