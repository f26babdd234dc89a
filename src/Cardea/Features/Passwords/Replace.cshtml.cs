using System.Diagnostics;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Features.SignIn.Journey;
using Cardea.Hosting;
using Cardea.Policies;
using Cardea.Rules.Passwords;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Passwords;

/// <summary>The step of a temporary, compromised or expired password (S2-03, N-04, S2-17).</summary>
[ForAudience(Audience.Staff, Audience.Patient)]
public sealed class ReplaceModel(ReplacePassword replacePassword, PolicyBook policies, IStringLocalizer<Words> words, TimeProvider clock)
    : ChoosePasswordModel(policies, words)
{
    private readonly PolicyBook _policies = policies;
    private readonly IStringLocalizer<Words> _words = words;

    public SignedInPerson Person => HttpContext.RequiredPerson;

    public override PasswordOwner Owner => PasswordOwner.Of(Person);

    public string Why => _words[PasswordRules.Due(Person.Standing.PasswordFacts, _policies.For(Person.OrganizationId).Passwords, clock.Now) switch
    {
        PasswordDue.ReplaceTemporary or PasswordDue.TemporaryTooOld => "WasTemporary",
        PasswordDue.ReplaceCompromised => "IsCompromised",
        PasswordDue.ReplaceExpired or PasswordDue.Nothing => "HasExpired",
    }];

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (WhatIsMissing() is { } answer)
        {
            return answer;
        }

        var outcome = await replacePassword.RunAsync(Person, Input.NewPassword!, cancellationToken);
        return outcome switch
        {
            ReplacePasswordOutcome.Replaced replaced => GoOn(replaced.SessionSecret),
            ReplacePasswordOutcome.Refused refused => Refuse(refused.Reasons),
            ReplacePasswordOutcome.SessionIsOver => Challenge(),   // to the sign-in page, as with any session that has ended
            ReplacePasswordOutcome.TooBusy => this.PageWhenTooBusy(_words["TooBusy"]),
            _ => throw new UnreachableException(outcome.ToString()),
        };
    }

    private RedirectResult GoOn(string sessionSecret)
    {
        HttpContext.WriteCookie(Cookies.Session, sessionSecret);
        return Redirect(JourneyLinks.Onward(Request));
    }
}
