using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Cardea.Features.Accounts;
using Cardea.Features.Organizations;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Features.SignIn.Journey;
using Cardea.Features.SignIn.Passkeys;
using Cardea.Hosting;
using Cardea.Policies;
using Cardea.Rules.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SignIn;

/// <summary>The page that everybody meets first (S0-03).</summary>
[AllowAnonymous]
[SignsInAfresh]
[ArrivesInCrowds]
public sealed class IndexModel(SignInWithPassword signIn, PolicyBook policies, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    [FromQuery(Name = JourneyLinks.ReturnUrl)]
    public string? ReturnUrl { get; set; }

    [FromQuery(Name = "ended")]
    public string? Ended { get; set; }

    /// <summary>Before something delicate; see <see cref="SecondFactors.Security.RecentProof"/>.</summary>
    [FromQuery(Name = "confirm")]
    public bool Confirms { get; set; }

    [FromQuery(Name = "declined")]
    public bool Declined { get; set; }

    [FromQuery(Name = "signedOut")]
    public bool SignedOut { get; set; }

    /// <summary>A passkey was shown that did not sign in; why is nobody's business here.</summary>
    [FromQuery(Name = PasskeyModel.Refused)]
    public bool PasskeyRefused { get; set; }

    public bool PasskeySignsIn => policies.Everywhere.SecondFactors.PasskeySignsIn;

    public string PasskeyAction => JourneyLinks.With(PasskeyModel.Path, ReturnTarget.Local(ReturnUrl));

    /// <summary>Where passkeys sign in, browsers offer them among the names that they have kept.</summary>
    public string NameAutocomplete => PasskeySignsIn ? "username webauthn" : "username";

    public bool AsksOrganization => policies.Everywhere.Identifier is IdentifierKind.OrganizationCodeAndUsername;

    public string NameLabel => policies.Everywhere.Identifier is IdentifierKind.EmailAddress ? "EmailAddress" : "Username";

    /// <summary>Email addresses do not.</summary>
    public bool NamesMindCase => policies.Everywhere.Identifier is not IdentifierKind.EmailAddress;

    public string NameType => policies.Everywhere.Identifier is IdentifierKind.EmailAddress ? "email" : "text";

    public string FormAction => JourneyLinks.With("/sign-in", ReturnTarget.Local(ReturnUrl));

    public Notice? Notice => this switch
    {
        _ when HttpMethods.IsPost(Request.Method) => null,
        { Confirms: true } => new(NoticeKind.Info, words["Confirms"]),
        { PasskeyRefused: true } => new(NoticeKind.Warning, words["PasskeyRefused"]),
        { Declined: true } => new(NoticeKind.Info, words["Declined"]),
        { SignedOut: true } => new(NoticeKind.Success, words["SignedOut"]),
        { Ended: not null } => new(NoticeKind.Info, words["SessionEnded"]),
        _ => null,
    };

    public IActionResult OnGet()
    {
        if (HttpContext.FormerSession is not null && !Confirms)
        {
            return Redirect(JourneyLinks.Onward(Request));   // already in: refreshing leads to the step that is due (S0-16)
        }

        var remembered = HttpContext.ReadCookie(Cookies.OrganizationCode);
        Input = new() { FormId = Secrets.New(), OrganizationCode = remembered, RememberOrganization = remembered is not null };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var formId = Secrets.HasShape(Input.FormId) ? Input.FormId! : Secrets.New();
        if (HttpContext.FormerSession is { } former && former.FormHash is { } made && made.AsSpan().SequenceEqual(Secrets.Hash(formId)))
        {
            if (!IsNameOf(former))
            {
                return await SignInAsync(Secrets.New(), cancellationToken);   // the next person, at the form that the former one had left open
            }

            return Redirect(JourneyLinks.Onward(Request));   // the answer to this very form got lost on its way (S0-04)
        }

        return await SignInAsync(formId, cancellationToken);
    }

    private bool IsNameOf(SignedInPerson person) =>
        SignInName.Kept(policies.Everywhere.Identifier, Input.Username ?? "") == person.Username
        && (!AsksOrganization || Input.OrganizationCode == person.OrganizationCode);

    private async Task<IActionResult> SignInAsync(string formId, CancellationToken cancellationToken)
    {
        if (!IsComplete())
        {
            return this.PageWithStatus(StatusCodes.Status400BadRequest);
        }

        HttpContext.Features.Get<Turn>()?.Pass();   // what follows waits for a hash
        var device = HttpContext.ReadCookie(Cookies.Device);
        var remembered = HttpContext.ReadCookie(Cookies.Remembered);
        var outcome = await signIn.RunAsync(
            new(
                AsksOrganization ? Input.OrganizationCode : null,
                Input.Username!,
                Input.Password!,
                formId,
                Secrets.HasShape(device) ? device : null,
                Secrets.HasShape(remembered) ? remembered : null,
                HttpContext.ClientAddress,
                HttpContext.ClientNetwork,
                Request.Headers.UserAgent.ToString(),
                HttpContext.FormerSession),
            cancellationToken);

        return outcome switch
        {
            SignInOutcome.SignedIn signedIn => Enter(signedIn),
            SignInOutcome.InvalidCredentials => Refuse(words["InvalidCredentials"]),
            SignInOutcome.Locked { Minutes: 1 } => Refuse(words["LockedOneMinute"]),
            SignInOutcome.Locked locked => Refuse(words["LockedMinutes", locked.Minutes]),
            SignInOutcome.HardLocked => Refuse(words["HardLocked"]),
            SignInOutcome.TemporaryPasswordTooOld => Refuse(words["TemporaryPasswordTooOld"]),
            SignInOutcome.TooBusy => this.PageWhenTooBusy(words["TooBusy"]),
            _ => throw new UnreachableException(outcome.ToString()),
        };
    }

    /// <summary>Only the shape; whether it is true is nobody's business before the hash.</summary>
    private bool IsComplete()
    {
        if (AsksOrganization)
        {
            Require("Input.OrganizationCode", Input.OrganizationCode, Organization.CodeMaxLength, "EnterOrganizationCode");
        }

        Require("Input.Username", Input.Username, Account.EmailMaxLength, NameLabel is "EmailAddress" ? "EnterEmailAddress" : "EnterUsername");
        Require("Input.Password", Input.Password, int.MaxValue, "EnterPassword");
        return ModelState.IsValid;
    }

    private void Require(string field, string? value, int maxLength, string missing)
    {
        if (string.IsNullOrEmpty(value))
        {
            ModelState.AddModelError(field, words[missing]);
        }
        else if (value.Length > maxLength)
        {
            ModelState.AddModelError(field, words["TooLong"]);
        }
    }

    private RedirectResult Enter(SignInOutcome.SignedIn signedIn)
    {
        HttpContext.WriteCookie(Cookies.Session, signedIn.SessionSecret);
        HttpContext.WriteCookie(Cookies.Device, signedIn.DeviceSecret, Cookies.Lasting);
        if (AsksOrganization)
        {
            if (Input.RememberOrganization)
            {
                HttpContext.WriteCookie(Cookies.OrganizationCode, Input.OrganizationCode!, Cookies.Lasting);
            }
            else
            {
                HttpContext.DeleteCookie(Cookies.OrganizationCode);
            }
        }

        return Redirect(JourneyLinks.Onward(Request));
    }

    private IActionResult Refuse(string sentence)
    {
        ModelState.AddModelError("", sentence);
        return this.PageWithStatus(StatusCodes.Status400BadRequest);
    }

    public sealed class Form
    {
        public string? FormId { get; set; }

        [DisplayFormat(ConvertEmptyStringToNull = false)]
        public string? OrganizationCode { get; set; }

        [DisplayFormat(ConvertEmptyStringToNull = false)]
        public string? Username { get; set; }

        /// <summary>Exactly as typed, spaces included (V6.2.8).</summary>
        [DisplayFormat(ConvertEmptyStringToNull = false)]
        public string? Password { get; set; }

        public bool RememberOrganization { get; set; }
    }
}
