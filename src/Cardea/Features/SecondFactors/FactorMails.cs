using Cardea.Features.Alarms;
using Cardea.Features.Messages;
using Cardea.Rules.SecondFactors;

namespace Cardea.Features.SecondFactors;

/// <summary>N-15: whoever has the mailbox learns of every factor that is added.</summary>
/// <param name="Secret">Of the link by which the owner freezes the account .</param>
/// <param name="TimeZone">IANA id of the reader's, in which <paramref name="At"/> is shown.</param>
public sealed record FactorAddedMail(
    Guid? AccountId, string To, string ToName, string? Language, FactorKinds Factor, DateTimeOffset At, string TimeZone, string Secret) : IMail
{
    public static string Kind => "factor-added";

    public DateTimeOffset UselessAfter => At.AddDays(7);

    public MailText Write(MailContext context) => new(context.Words["FactorAddedSubject"],
    [
        context.Say("FactorAddedWhat", MailContext.WallTime(At, TimeZone), context.Words[$"Factor{Factor}"].Value),
        context.Say("FactorAddedYou"),
        context.Say("FactorAddedNotYou"),
        .. context.Link("ThisWasNotMe", AlarmPage.Of(Secret)),
    ]);
}

/// <summary>N-07: its owner should know that somebody with their password guesses codes.</summary>
public sealed record FactorBlockedMail(
    Guid? AccountId, string To, string ToName, string? Language, FactorKinds Factor, DateTimeOffset At, string TimeZone) : IMail
{
    public static string Kind => "factor-blocked";

    public DateTimeOffset UselessAfter => At.AddDays(7);

    public MailText Write(MailContext context) => new(context.Words["FactorBlockedSubject"],
    [
        context.Say("FactorBlockedWhat", MailContext.WallTime(At, TimeZone), context.Words[$"Factor{Factor}"].Value),
        context.Say("FactorBlockedWhy"),
        context.Say("FactorBlockedHowOn"),
    ]);
}

public sealed record RecoveryCodesBlockedMail(
    Guid? AccountId, string To, string ToName, string? Language, DateTimeOffset At, string TimeZone) : IMail
{
    public static string Kind => "recovery-codes-blocked";

    public DateTimeOffset UselessAfter => At.AddDays(7);

    public MailText Write(MailContext context) => new(context.Words["RecoveryCodesBlockedSubject"],
    [
        context.Say("RecoveryCodesBlockedWhat", MailContext.WallTime(At, TimeZone)),
        context.Say("FactorBlockedWhy"),
        context.Say("RecoveryCodesBlockedHowOn"),
    ]);
}

public sealed record FactorRemovedMail(
    Guid? AccountId, string To, string ToName, string? Language, FactorKinds Factor, DateTimeOffset At, string TimeZone) : IMail
{
    public static string Kind => "factor-removed";

    public DateTimeOffset UselessAfter => At.AddDays(7);

    public MailText Write(MailContext context) => new(context.Words["FactorRemovedSubject"],
    [
        context.Say("FactorRemovedWhat", MailContext.WallTime(At, TimeZone), context.Words[$"Factor{Factor}"].Value),
        context.Say("FactorAddedYou"),
        context.Say("FactorAddedNotYou"),
    ]);
}

/// <summary>S1-11.</summary>
public sealed record FactorsResetMail(Guid? AccountId, string To, string ToName, string? Language, DateTimeOffset At, string TimeZone) : IMail
{
    public static string Kind => "factors-reset";

    public DateTimeOffset UselessAfter => At.AddDays(7);

    public MailText Write(MailContext context) => new(context.Words["FactorsResetSubject"],
    [
        context.Say("FactorsResetWhat", MailContext.WallTime(At, TimeZone)),
        context.Say("FactorsResetHowOn"),
        context.Say("FactorAddedNotYou"),
    ]);
}

public sealed record RecoveryCodesReplacedMail(
    Guid? AccountId, string To, string ToName, string? Language, DateTimeOffset At, string TimeZone) : IMail
{
    public static string Kind => "recovery-codes-replaced";

    public DateTimeOffset UselessAfter => At.AddDays(7);

    public MailText Write(MailContext context) => new(context.Words["RecoveryCodesReplacedSubject"],
    [
        context.Say("RecoveryCodesReplacedWhat", MailContext.WallTime(At, TimeZone)),
        context.Say("FactorAddedYou"),
        context.Say("FactorAddedNotYou"),
    ]);
}

/// <summary>N-11: every recovery is told.</summary>
/// <param name="Left">Codes that still work.</param>
public sealed record RecoveryCodeUsedMail(
    Guid? AccountId, string To, string ToName, string? Language, int Left, DateTimeOffset At, string TimeZone) : IMail
{
    public static string Kind => "recovery-code-used";

    public DateTimeOffset UselessAfter => At.AddDays(7);

    public MailText Write(MailContext context) => new(context.Words["RecoveryCodeUsedSubject"],
    [
        context.Say("RecoveryCodeUsedWhat", MailContext.WallTime(At, TimeZone), Left),
        context.Say("RecoveryCodeUsedNotYou"),
    ]);
}
