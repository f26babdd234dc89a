using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Cardea.Features.Accounts;
using Cardea.Features.Organizations;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Features.SignIn.Journey;
using Cardea.Hosting;
using Cardea.Policies;
using Cardea.Rules.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SignIn;

/// <summary>The form that asks for a name and a password. Staff and patients have a page each; what it does is the same.</summary>
public abstract class SignInPageModel(SignInWithPassword signIn, PolicyBook policies, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    [FromQuery(Name = JourneyLinks.ReturnUrl)]
    public string? ReturnUrl { get; set; }

    [FromQuery(Name = "ended")]
    public string? Ended { get; set; }

    [FromQuery(Name = "signedOut")]
    public bool SignedOut { get; set; }

    /// <summary>Whose page this is: only they sign in here.</summary>
    public abstract Audience Audience { get; }

    public IdentifierKind Identifier => SignInName.IdentifierFor(Audience, policies.Everywhere.Identifier);

    public virtual string NameAutocomplete => "username";

    public bool AsksOrganization => Identifier is IdentifierKind.OrganizationCodeAndUsername;

    public string NameLabel => Identifier is IdentifierKind.EmailAddress ? "EmailAddress" : "Username";

    /// <summary>Email addresses do not.</summary>
    public bool NamesMindCase => Identifier is not IdentifierKind.EmailAddress;

    public string NameType => Identifier is IdentifierKind.EmailAddress ? "email" : "text";

    public string FormAction => JourneyLinks.With(AudiencePages.SignIn(Audience), ReturnTarget.Local(ReturnUrl));

    public abstract string ForgotPasswordPage { get; }

    public virtual Notice? Notice => this switch
    {
        _ when HttpMethods.IsPost(Request.Method) => null,
        { SignedOut: true } => new(NoticeKind.Success, words["SignedOut"]),
        { Ended: not null } => new(NoticeKind.Info, words["SessionEnded"]),
        _ => null,
    };

    /// <summary>Whoever is in on the other side may come over: their session ends when they do.</summary>
    protected SignedInPerson? AlreadyIn => HttpContext.FormerSession is { } former && former.Audience == Audience ? former : null;

    protected virtual bool AsksAgain => false;

    public IActionResult OnGet()
    {
        if (AlreadyIn is not null && !AsksAgain)
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
        if (AlreadyIn is { FormHash: { } made } former && made.AsSpan().SequenceEqual(Secrets.Hash(formId)))
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
        SignInName.Kept(Identifier, Input.Username ?? "") == person.Username
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
                Audience,
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
            SignInOutcome.TooBusy => this.PageWhenTooBusy(words["TooBusy"]),
            _ => Refuse(Why(outcome)),
        };
    }

    /// <summary>In words.</summary>
    protected virtual string Why(SignInOutcome refused) => refused switch
    {
        SignInOutcome.InvalidCredentials => words["InvalidCredentials"],
        SignInOutcome.Locked { Minutes: 1 } => words["LockedOneMinute"],
        SignInOutcome.Locked locked => words["LockedMinutes", locked.Minutes],
        SignInOutcome.HardLocked => words["HardLocked"],
        SignInOutcome.Inactive => words["Inactive"],
        SignInOutcome.TemporaryPasswordTooOld => words["TemporaryPasswordTooOld"],
        _ => throw new UnreachableException(refused.ToString()),
    };

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
        if (HttpContext.ReadCookie(Cookies.Reset) is not null)
        {
            HttpContext.DeleteCookie(Cookies.Reset);   // whoever remembered the password needs no new one, and leaves none to be chosen
        }

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

        return Redirect(signedIn.Due is { } due ? JourneyLinks.To(due, ReturnTarget.Local(ReturnUrl)) : JourneyLinks.Onward(Request));
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
