using System.Security.Cryptography;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Messages.Texts;
using Cardea.Features.Passwords;
using Cardea.Features.Sessions;
using Cardea.Rules.OneTimeCodes;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors.Codes;

public abstract record SendCodeOutcome
{
    public sealed record Sent : SendCodeOutcome;

    public sealed record TooSoon(TimeSpan Wait) : SendCodeOutcome;

    /// <summary>Of texts: another way is open, this one not before <paramref name="Until"/>.</summary>
    public sealed record NoMoreTexts(DateTimeOffset Until) : SendCodeOutcome;

    public sealed record TooBusy : SendCodeOutcome;
}

/// <summary>Where a code goes.</summary>
/// <param name="Kind">Email or Text.</param>
/// <param name="Address">An email address, or a phone number in E.164.</param>
public sealed record CodeDestination(FactorKinds Kind, string Address)
{
    /// <summary>Without the address.</summary>
    public override string ToString() => Kind.ToString();
}

/// <summary>Sends a code, the first time and again (S1-06, S1-07). An account gets five an hour, whatever the way and the sign-in.</summary>
public sealed class SendCode(AppDbContext db, HashingGate hashing, TextCaps caps, Outbox outbox, AuditTrail audit, TimeProvider clock)
{
    /// <param name="clientNetwork">Of the request: texts are capped by it.</param>
    /// <param name="language">Of the page, so that the message speaks as it did.</param>
    public async Task<SendCodeOutcome> RunAsync(
        SignedInPerson person, CodeDestination destination, string clientNetwork, string language, CancellationToken cancellationToken)
    {
        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new SendCodeOutcome.TooBusy();
        }

        // Each code is as likely as any other, those that begin with zeros included (V6.5.3, V6.5.4).
        var code = RandomNumberGenerator.GetString("0123456789", OneTimeCodeRules.Digits);
        var hash = await place.HashAsync(code);
        var now = clock.Now;

        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.TakeTurnAsync(person.AccountId, cancellationToken);
        var sent = await db.SentCodes.AsNoTracking().Where(kept => kept.AccountId == person.AccountId).ToListAsync(cancellationToken);
        if (OneTimeCodeRules.WaitBeforeNext([.. sent.Select(kept => kept.Codes)], now) is { } wait)
        {
            return new SendCodeOutcome.TooSoon(wait);
        }

        // Read in the turn: a change of the address that came in between has ended what is on its way to the former one (S1-08).
        var to = destination.Kind is FactorKinds.Email ? destination with { Address = await EmailOnFileAsync(person, cancellationToken) } : destination;
        if (destination.Kind is FactorKinds.Text
            && await caps.TryTakeAsync(destination.Address, person.AccountId, clientNetwork, person.OrganizationId, cancellationToken) is TextCapsOutcome.Reached reached)
        {
            return new SendCodeOutcome.NoMoreTexts(reached.Until);
        }

        var codes = OneTimeCodeRules.WithOneMore(sent.SingleOrDefault(kept => kept.SessionId == person.SessionId)?.Codes, now);
        await db.SentCodes.Where(kept => kept.SessionId == person.SessionId).ExecuteDeleteAsync(cancellationToken);
        db.SentCodes.Add(new()
        {
            SessionId = person.SessionId,
            AccountId = person.AccountId,
            Kind = destination.Kind,
            To = to.Address,
            CodeHash = hash,
            MessageId = Promise(person, to, language, code, now + OneTimeCodeRules.Lifetime),
            SentAt = codes.Last,
            Sent = codes.Count,
            FirstSentAt = codes.First,
            Tries = 0,
        });
        audit.Add(new SecondFactorCodeSent(person.AccountId, person.SessionId, destination.Kind.ToString(), codes.Count));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new SendCodeOutcome.Sent();
    }

    private Task<string> EmailOnFileAsync(SignedInPerson person, CancellationToken cancellationToken) =>
        db.Accounts.Where(account => account.Id == person.AccountId).Select(account => account.Email!).SingleAsync(cancellationToken);

    private Guid Promise(SignedInPerson person, CodeDestination to, string language, string code, DateTimeOffset validUntil) =>
        to.Kind is FactorKinds.Email
            ? outbox.Add(new SignInCodeMail(person.AccountId, to.Address, person.DisplayName, language, code, validUntil))
            : outbox.Add(new SignInCodeText(person.AccountId, to.Address, language, code, validUntil));
}
