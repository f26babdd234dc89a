using System.Diagnostics.Metrics;
using Cardea.Hosting;

namespace Cardea.Features.SignIn;

/// <summary>Sign-ins by outcome: the first graph anybody looks at on a Monday.</summary>
public sealed class SignInMetrics
{
    private readonly Counter<long> _signIns;

    public SignInMetrics(IMeterFactory meters) =>
        _signIns = meters.Create(Telemetry.Name).CreateCounter<long>("cardea.sign_ins", "{sign-in}", "Sign-ins by outcome.");

    public void Note(string outcome) => _signIns.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Note(SignInOutcome outcome) => Note(outcome switch
    {
        SignInOutcome.SignedIn => "signed_in",
        SignInOutcome.InvalidCredentials => "invalid_credentials",
        SignInOutcome.Locked => "locked",
        SignInOutcome.HardLocked => "hard_locked",
        SignInOutcome.TemporaryPasswordTooOld => "temporary_password_too_old",
        SignInOutcome.TooBusy => "too_busy",
        _ => "unknown",
    });
}
