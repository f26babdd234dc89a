using System.Diagnostics;
using System.Globalization;
using Cardea.Data;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Features.SignIn.Journey;
using Cardea.Hosting;
using Cardea.Rules.Agreements;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Agreements;

/// <summary>What the two agreement pages share: they differ in which agreement they show.</summary>
public abstract class AgreementModel(
    AgreementKind kind, AppDbContext db, AcceptAgreement acceptAgreement, SessionStore sessions, IStringLocalizer<Words> words) : PageModel, IShownAgain
{
    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public AgreementText Text { get; private set; } = null!;   // every way to the page prepares it

    /// <summary>Why the person is asked now; the first time needs other words than the tenth.</summary>
    public string Reason => AcceptedVersion switch
    {
        null => words[kind is AgreementKind.Administrator ? "AskedAsAdministrator" : "AskedFirst"],
        { } accepted when accepted != Text.VersionId => words["AskedForNewVersion"],
        _ => words["AskedAgain"],
    };

    /// <summary>Null when the text is in the language of the page; else the name of its language.</summary>
    public string? ForeignLanguage => Text.Language == PageLanguage
        ? null
        : Languages.Offered.Where(language => language.Code == Text.Language).Select(language => language.Name).FirstOrDefault(Text.Language);

    private static string PageLanguage => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    private Guid? AcceptedVersion => kind switch
    {
        AgreementKind.User => HttpContext.RequiredPerson.Standing.AcceptedUserAgreement,
        AgreementKind.Administrator => HttpContext.RequiredPerson.Standing.AcceptedAdministratorAgreement,
    };

    public async Task PrepareAsync(CancellationToken cancellationToken) =>
        Text = await db.FindAgreementAsync(kind, PageLanguage, cancellationToken)
            ?? throw new UnreachableException("The step is due only once a version is published.");

    public Task OnGetAsync(CancellationToken cancellationToken) => PrepareAsync(cancellationToken);

    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) => Input.Answer switch
    {
        [Form.Accept] => AcceptAsync(cancellationToken),
        [Form.Decline] => DeclineAsync(cancellationToken),
        _ => ShowAgainAsync(words["ChooseAnAnswer"], StatusCodes.Status400BadRequest, cancellationToken),
    };

    private async Task<IActionResult> AcceptAsync(CancellationToken cancellationToken)
    {
        _ = Guid.TryParse(Input.Version, out var version);   // what is no id is no version in force either
        var outcome = await acceptAgreement.RunAsync(
            HttpContext.RequiredPerson, kind, version, Input.TextLanguage ?? "", HttpContext.ClientAddress, cancellationToken);
        return outcome switch
        {
            AcceptAgreementOutcome.Accepted => Redirect(JourneyLinks.Onward(Request)),
            AcceptAgreementOutcome.NotInForce => await ShowAgainAsync(words["NewerVersion"], StatusCodes.Status409Conflict, cancellationToken),
            _ => throw new UnreachableException(outcome.ToString()),
        };
    }

    private async Task<IActionResult> DeclineAsync(CancellationToken cancellationToken)
    {
        await sessions.EndAsync(HttpContext.RequiredPerson, SessionEnd.AgreementDeclined, cancellationToken);
        HttpContext.ForgetPerson();
        return Redirect("/sign-in?declined=true");
    }

    private async Task<IActionResult> ShowAgainAsync(string sentence, int status, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        ModelState.AddModelError("", sentence);
        return this.PageWithStatus(status);
    }

    public sealed class Form
    {
        public const string Accept = "accept", Decline = "decline";

        public string? Version { get; set; }

        public string? TextLanguage { get; set; }

        /// <summary>Of the button pressed. A list, so that two answers at once are none.</summary>
        public List<string> Answer { get; set; } = [];
    }
}

public sealed class UserAgreementModel(AppDbContext db, AcceptAgreement acceptAgreement, SessionStore sessions, IStringLocalizer<Words> words)
    : AgreementModel(AgreementKind.User, db, acceptAgreement, sessions, words);

public sealed class AdministratorAgreementModel(AppDbContext db, AcceptAgreement acceptAgreement, SessionStore sessions, IStringLocalizer<Words> words)
    : AgreementModel(AgreementKind.Administrator, db, acceptAgreement, sessions, words);
