using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Features.SignIn.Journey;
using Cardea.Hosting;
using Cardea.Policies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Passwords;

/// <summary>The step of a temporary or expired password (S2-03, S2-17).</summary>
[ForAudience(Audience.Staff, Audience.Patient)]
public sealed class ReplaceModel(ReplacePassword replacePassword, PolicyBook policies, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public SignedInPerson Person => HttpContext.RequiredPerson;

    public bool WasTemporary => Person.Standing.PasswordIsTemporary;

    public PasswordRequirements Requirements =>
        PasswordWords.Requirements(policies.For(Person.OrganizationId).Passwords, "Input_NewPassword", words);

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(Input.NewPassword)) { return this.PageWithError("Input.NewPassword", words["EnterNew"]); }
        if (string.IsNullOrEmpty(Input.ConfirmNewPassword)) { return this.PageWithError("Input.ConfirmNewPassword", words["EnterAgain"]); }
        if (Input.NewPassword != Input.ConfirmNewPassword) { return this.PageWithError("Input.ConfirmNewPassword", words["DoNotMatch"]); }

        var outcome = await replacePassword.RunAsync(Person, Input.NewPassword, cancellationToken);
        return outcome switch
        {
            ReplacePasswordOutcome.Replaced replaced => GoOn(replaced.SessionSecret),
            ReplacePasswordOutcome.Refused refused => Refuse(refused),
            ReplacePasswordOutcome.SessionIsOver => Challenge(),   // to the sign-in page, as with any session that has ended
            ReplacePasswordOutcome.TooBusy => this.PageWhenTooBusy(words["TooBusy"]),
            _ => throw new UnreachableException(outcome.ToString()),
        };
    }

    private RedirectResult GoOn(string sessionSecret)
    {
        HttpContext.WriteCookie(Cookies.Session, sessionSecret);
        return Redirect(JourneyLinks.Onward(Request));
    }

    private IActionResult Refuse(ReplacePasswordOutcome.Refused refused)
    {
        var policy = policies.For(Person.OrganizationId).Passwords;
        foreach (var reason in refused.Reasons)
        {
            ModelState.AddModelError("Input.NewPassword", PasswordWords.Of(reason, policy, words));
        }

        return this.PageWithStatus(StatusCodes.Status400BadRequest);
    }

    public sealed class Form
    {
        /// <summary>Exactly as typed, spaces included (V6.2.8).</summary>
        [DisplayFormat(ConvertEmptyStringToNull = false)]
        public string? NewPassword { get; set; }

        [DisplayFormat(ConvertEmptyStringToNull = false)]
        public string? ConfirmNewPassword { get; set; }
    }
}
