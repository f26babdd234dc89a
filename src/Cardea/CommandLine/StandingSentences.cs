using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cardea.Features.SignIn.Journey;
using Cardea.Rules.Accounts;

namespace Cardea.CommandLine;

/// <summary>Why somebody does not get in, and what helps.</summary>
internal static class StandingSentences
{
    public static string For(StandingReason reason) => reason switch
    {
        StandingReason.OrganizationDeactivated deactivated => $"The organization is deactivated since {At(deactivated.Since)}, with all its people: reactivate it.",
        StandingReason.Disabled disabled => $"The account is disabled since {At(disabled.Since)}: enable it.",
        StandingReason.Inactive inactive => $"The account is inactive since {At(inactive.Since)}, because nobody used it: reactivate it.",
        StandingReason.TemporaryPasswordTooOld old => $"The temporary password opens nothing since {At(old.Since)}: give a new one.",
        StandingReason.InvitationIsOver => "The invitation no longer works, and there is no password yet: invite the person anew, or give a temporary password.",
        StandingReason.HardLocked => "The account is locked by wrong answers to a security question: unlock it.",
        StandingReason.Stopped stopped =>
            $"Sign-in is stopped after {stopped.Failures} wrong passwords: only devices that were used before, passkeys and reset links get in. Unlock it.",
        StandingReason.SecondFactorBlocked => "The second factor is blocked after very many wrong codes: a recovery code gets in, or reset the second factor.",
        StandingReason.Locked { Places: 1 } locked => $"Sign-in is locked from one place until {At(locked.Until)}, after wrong passwords: wait, or unlock it.",
        StandingReason.Locked locked => $"Sign-in is locked from {locked.Places} places until {At(locked.Until)} at most, after wrong passwords: wait, or unlock it.",
        StandingReason.CodesLocked locked => $"No code is looked at until {At(locked.Until)}, after wrong ones: wait, or unlock the account.",
        StandingReason.PasswordIsTemporary temporary => $"The password is temporary: it works until {At(temporary.Until)}, for choosing another one.",
        StandingReason.Invited invited => $"An invitation is on its way: its link works until {At(invited.Until)}, for choosing the first password.",
        StandingReason.PasswordIsCompromised => "Somebody else may know the password: another one is asked for at the next sign-in.",
        StandingReason.PasswordHasExpired expired => $"The password has expired on {At(expired.Since)}: another one is asked for at the next sign-in.",
        StandingReason.SecondFactorMissing => "A second factor is required, and none is set up: it is asked for at the next sign-in.",
        StandingReason.ResetStopped => "No code is looked at beside a reset link any more, after wrong ones: unlock the account.",
        StandingReason.EmailRefused refused => $"Mail to the address is refused since {At(refused.Since)}: no code and no link arrives there.",
        StandingReason.NeverSignedIn => "Nobody has been all the way in yet, so a forgotten password cannot be reset by mail.",
        _ => throw new UnreachableException(reason.ToString()),
    };

    /// <summary>"second factor set up".</summary>
    public static string For(JourneyStep step) => JsonNamingPolicy.KebabCaseLower.ConvertName(step.Name).Replace('-', ' ');

    public static string At(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
