using System.Globalization;
using Cardea.Data;
using Cardea.Features.Messages.Texts;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Rules.EmailAddresses;
using Cardea.Rules.OneTimeCodes;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondFactors.Codes;

/// <summary>What a page says about the code that was sent.</summary>
/// <param name="IsDelayed">The server for mails or texts has not taken it yet: another way may be quicker.</param>
public sealed record CodeStatus(string MaskedTo, bool IsResent, bool IsDelayed);

/// <summary>Where codes of a person go, and how the last one fares.</summary>
public sealed class CodeDestinations(AppDbContext db, FactorWays ways)
{
    /// <summary>Null where the person has not set this kind up, or it lets nobody in any more.</summary>
    public async Task<CodeDestination?> FindAsync(SignedInPerson person, FactorKinds kind, CancellationToken cancellationToken)
    {
        var factor = await ways.Working(person, kind).AsNoTracking().OrderByDescending(f => f.AddedAt).FirstOrDefaultAsync(cancellationToken);
        var address = factor is null ? null : kind is FactorKinds.Email ? person.Email : factor.PhoneNumber;
        return address is null ? null : new(kind, address);
    }

    /// <summary>Where the code of this session went that is on its way.</summary>
    public async Task<CodeDestination?> LastAsync(SignedInPerson person, FactorKinds kind, CancellationToken cancellationToken) =>
        await db.SentCodes.Where(code => code.SessionId == person.SessionId && code.Kind == kind).Select(code => code.To)
            .SingleOrDefaultAsync(cancellationToken) is { } to ? new(kind, to) : null;

    /// <summary>Null when this session has no code of this kind on its way.</summary>
    public async Task<CodeStatus?> StatusAsync(SignedInPerson person, FactorKinds kind, CancellationToken cancellationToken)
    {
        var status = await db.SentCodes.AsNoTracking()
            .Where(code => code.SessionId == person.SessionId && code.Kind == kind)
            .Select(code => new
            {
                code.To,
                code.Sent,
                IsDelayed = db.OutboxMessages.Any(message =>
                    message.Id == code.MessageId && message.HandedOverAt == null && (message.Attempts > 1 || message.LastAnswer != null)),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return status is null ? null : new(Masked(new(kind, status.To)), status.Sent > 1, status.IsDelayed);
    }

    public static string Masked(CodeDestination to) => to.Kind is FactorKinds.Email ? EmailAddressRules.Masked(to.Address) : PhoneNumberRules.Masked(to.Address);
}

public static class CodeWords
{
    public static string Of(SendCodeOutcome.TooSoon tooSoon, IStringLocalizer<Words> words) => tooSoon.Wait <= OneTimeCodeRules.BetweenCodes
        ? words["WaitBetweenCodes", (int)OneTimeCodeRules.BetweenCodes.TotalSeconds]
        : words["WaitForNextHour", OneTimeCodeRules.CodesAnHour, (int)Math.Ceiling(tooSoon.Wait.TotalMinutes)];

    public static string Of(SendCodeOutcome.NoMoreTexts noMore, string timeZone, IStringLocalizer<Words> words) =>
        words["NoMoreTexts", LocalTime.Of(noMore.Until, timeZone).ToString("t", CultureInfo.CurrentCulture)];

    /// <summary>A new reason without words does not compile (CS8509).</summary>
    public static string Of(PhoneNumberRefusal reason, IStringLocalizer<Words> words) => reason switch
    {
        PhoneNumberRefusal.Missing => words["NumberMissing"],
        PhoneNumberRefusal.NotANumber => words["NumberNotOne"],
        PhoneNumberRefusal.OtherCountry => words["NumberOfOtherCountry"],
        PhoneNumberRefusal.TollFree or PhoneNumberRefusal.Premium => words["NumberGetsNoTexts"],
    };
}
