using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Cardea.Policies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Help;

/// <summary>The light bulb: security best practices, and what to expect where this policy holds (S0-18, S2-40).</summary>
[AllowAnonymous]
[ReachableWhilePending]
[ForAudience(Audience.Staff, Audience.Patient)]
public sealed class GuidanceModel(PolicyBook policies, IStringLocalizer<Words> words) : PageModel
{
    public IEnumerable<string> Safe =>
        HttpContext.Audience is Audience.Patient
            ? ["SafePatientOwn", "SafePassword", "SafePatientShared", "SafeAsk", "SafeAddress", "SafeTell"]
            : ["SafeOwn", "SafePassword", "SafeShared", "SafeAsk", "SafeAddress", "SafeTell"];

    /// <summary>The journey is that of staff.</summary>
    public bool ShowsJourney => HttpContext.Audience is Audience.Staff;

    /// <summary>In the order of the journey.</summary>
    public IEnumerable<string> FirstSignIn
    {
        get
        {
            yield return words[$"First{Policy.Identifier}"];
            yield return words["FirstPassword"];
            if (Policy.AgreementsAreAsked) { yield return words["FirstAgreement"]; }
            if (Policy.EmailIsConfirmed) { yield return words["FirstEmail"]; }
            if (Policy.SecurityQuestions > 0) { yield return words["FirstQuestions"]; }
        }
    }

    public int HoursOfTemporaryPassword => (int)Policy.Passwords.TemporaryLivesFor.TotalHours;

    /// <summary>What has to be done again and again, and how often.</summary>
    public IEnumerable<string> Again
    {
        get
        {
            if (Policy is { AgreementsAreAsked: true, AgreementsRenewedEvery: { } agreement }) { yield return words["AgainAgreement", agreement.Days]; }
            if (Policy is { EmailIsConfirmed: true, EmailReconfirmedEvery: { } email }) { yield return words["AgainEmail", email.Days]; }
            if (Policy.Passwords.ExpiresAfter is { } password) { yield return words["AgainPassword", password.Days]; }
        }
    }

    /// <summary>Strangers read this page, too: no organization is known yet.</summary>
    private Policy Policy => policies.Everywhere;
}
