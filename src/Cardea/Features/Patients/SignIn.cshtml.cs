using Cardea.Features.Accounts;
using Cardea.Features.Recovery;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn;
using Cardea.Hosting;
using Cardea.Policies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Patients;

/// <summary>The door of patients: email address and password, whatever staff are asked for (S1-09).</summary>
[AllowAnonymous]
[SignsInAfresh]
[ArrivesInCrowds]
[ForAudience(Audience.Patient)]
public sealed class SignInModel(
    SignInWithPassword signIn, PolicyBook policies, IStringLocalizer<SignIn.Words> signInWords, IStringLocalizer<Words> words)
    : SignInPageModel(signIn, policies, signInWords)
{
    public override Audience Audience => Audience.Patient;

    public override string ForgotPasswordPage => RecoveryPages.Patient;

    /// <summary>Patients have no administrator whom they could ask.</summary>
    protected override string Why(SignInOutcome refused) => refused switch
    {
        SignInOutcome.Locked { Minutes: 1 } => words["LockedOneMinute"],
        SignInOutcome.Locked locked => words["LockedMinutes", locked.Minutes],
        SignInOutcome.HardLocked => words["HardLocked"],
        SignInOutcome.TemporaryPasswordTooOld => words["TemporaryPasswordTooOld"],
        _ => base.Why(refused),
    };
}
