using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Passwords;
using Cardea.Features.Sessions;
using Cardea.Rules.EmailAddresses;
using Cardea.Rules.OneTimeCodes;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.EmailAddresses;

public abstract record SendEmailCodeOutcome
{
    public sealed record Sent : SendEmailCodeOutcome;

    public sealed record Refused(EmailAddressRefusal Reason) : SendEmailCodeOutcome;

    /// <summary>The address that they have already: there is nothing to prove.</summary>
    public sealed record IsOnFile : SendEmailCodeOutcome;

    public sealed record TooSoon(TimeSpan Wait) : SendEmailCodeOutcome;

    public sealed record TooBusy : SendEmailCodeOutcome;
}

/// <summary>
/// Sends a code to the address that a person says is theirs, the first time and again (S2-07). It goes to any address that looks like one,
/// so nobody learns here whether somebody else uses it.
/// </summary>
public sealed class SendEmailCode(AppDbContext db, HashingGate hashing, Outbox outbox, AuditTrail audit, TimeProvider clock)
{
    /// <param name="language">Of the page, so that the mail speaks as it did.</param>
    public async Task<SendEmailCodeOutcome> RunAsync(SignedInPerson person, string? typed, string language, CancellationToken cancellationToken)
    {
        if (EmailAddressRules.Check(typed) is { } reason)
        {
            return new SendEmailCodeOutcome.Refused(reason);
        }

        var address = EmailAddressRules.Normalize(typed!);
        if (person.Email is { } onFile && EmailAddressRules.Folded(address) == EmailAddressRules.Folded(onFile))
        {
            return new SendEmailCodeOutcome.IsOnFile();
        }

        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new SendEmailCodeOutcome.TooBusy();
        }

        var code = EmailCode.New();
        var hash = await place.HashAsync(code);
        var now = clock.Now;

        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.TakeTurnAsync(person.AccountId, cancellationToken);
        var changes = await db.EmailChanges.AsNoTracking().Where(change => change.AccountId == person.AccountId).ToListAsync(cancellationToken);
        if (OneTimeCodeRules.WaitBeforeNext([.. changes.Select(change => change.Codes)], now) is { } wait)
        {
            return new SendEmailCodeOutcome.TooSoon(wait);
        }

        var codes = OneTimeCodeRules.WithOneMore(changes.SingleOrDefault(change => change.SessionId == person.SessionId)?.Codes, now);
        await db.EmailChanges.Where(change => change.SessionId == person.SessionId).ExecuteDeleteAsync(cancellationToken);
        db.EmailChanges.Add(new()
        {
            SessionId = person.SessionId,
            AccountId = person.AccountId,
            NewAddress = address,
            CodeHash = hash,
            SentAt = codes.Last,
            Sent = codes.Count,
            FirstSentAt = codes.First,
            Tries = 0,
        });
        outbox.Add(new EmailCodeMail(person.AccountId, address, person.DisplayName, language, code, now + OneTimeCodeRules.Lifetime));
        audit.Add(new EmailCodeSent(person.AccountId, person.SessionId, codes.Count));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new SendEmailCodeOutcome.Sent();
    }
}
