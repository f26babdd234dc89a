using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Passwords;
using Cardea.Rules.OneTimeCodes;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Callers;

public abstract record MailCallerCodeOutcome
{
    public sealed record Sent : MailCallerCodeOutcome;

    public sealed record TooSoon(TimeSpan Wait) : MailCallerCodeOutcome;

    public sealed record HasNoAddress : MailCallerCodeOutcome;

    public sealed record TooBusy : MailCallerCodeOutcome;
}

/// <summary>
/// Mails a caller who is not signed in a code to the address on file, for them to read out. At most five an hour, so that whoever calls and guesses
/// has no more guesses than at a sign-in.
/// </summary>
public sealed class MailCallerCode(
    AppDbContext db, PeopleInReach people, CallerCodes codes, HashingGate hashing, Outbox outbox, AuditTrail audit, TimeProvider clock)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public async Task<MailCallerCodeOutcome> RunAsync(FoundAccount account, CancellationToken cancellationToken)
    {
        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new MailCallerCodeOutcome.TooBusy();
        }

        var code = CallerCodes.New();
        var hash = await place.HashAsync(code);
        var now = clock.Now;

        await using var write = await db.BeginWriteAsync(cancellationToken);
        await people.HoldAsync(account, cancellationToken);
        if (await WaitAsync(account.Id, now, cancellationToken) is { } wait)
        {
            return new MailCallerCodeOutcome.TooSoon(wait);
        }

        var owner = await db.Accounts
            .Where(a => a.Id == account.Id)
            .Select(a => new { a.Email, Name = a.GivenName + " " + a.FamilyName, a.Language })
            .SingleAsync(cancellationToken);
        if (owner.Email is not { } email)
        {
            return new MailCallerCodeOutcome.HasNoAddress();
        }

        await codes.ReplaceAsync(account.Id, hash, cancellationToken);
        outbox.Add(new CallerCodeMail(account.Id, email, owner.Name, owner.Language, code, now + OneTimeCodeRules.Lifetime));
        audit.Add(new CallerCodeMailed(account.Id, account.HomeOrganizationId));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new MailCallerCodeOutcome.Sent();
    }

    /// <summary>Null when another may be mailed. The messages themselves are the count: they are kept for longer than an hour.</summary>
    private async Task<TimeSpan?> WaitAsync(Guid accountId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hourAgo = now - Hour;
        var sent = await db.OutboxMessages
            .Where(message => message.AccountId == accountId && message.Kind == CallerCodeMail.Kind && message.CreatedAt > hourAgo)
            .Select(message => message.CreatedAt).ToListAsync(cancellationToken);
        return OneTimeCodeRules.WaitBeforeNext(sent is [] ? [] : [new CodesSent(sent.Count, sent.Min(), sent.Max())], now);
    }
}
