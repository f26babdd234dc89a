using System.Diagnostics;
using System.Globalization;
using Cardea.Data;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Features.SignIn.Journey;
using Cardea.Hosting;
using Cardea.Rules.EmailAddresses;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.EmailAddresses;

/// <summary>The step of the work email address: confirm the one on file, or enter another (S2-07).</summary>
[KeepsDraft(nameof(Form.NewAddress))]
public sealed class EmailModel(AppDbContext db, ConfirmEmail confirmEmail, SendEmailCode sendEmailCode, IStringLocalizer<Words> words)
    : PageModel, IShownAgain
{
    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public string? AddressOnFile { get; private set; }

    /// <summary>Masked; null unless a code was sent that still waits to be entered.</summary>
    public string? AwaitsCode { get; private set; }

    public string CodePage => JourneyLinks.With("/sign-in/email/code", JourneyLinks.Onward(Request));

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var person = HttpContext.RequiredPerson;
        AddressOnFile = person.Email;
        var pending = await db.EmailChanges
            .Where(change => change.SessionId == person.SessionId).Select(change => change.NewAddress).SingleOrDefaultAsync(cancellationToken);
        AwaitsCode = pending is null ? null : EmailAddressRules.Masked(pending);
    }

    public Task OnGetAsync(CancellationToken cancellationToken) => PrepareAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return Input.Answer switch
        {
            [Form.Confirm] => await ConfirmAsync(Input.AddressShown ?? "", cancellationToken),
            [Form.Correct] => await CorrectAsync(cancellationToken),
            _ => this.PageWithError("", words["ChooseAnAnswer"]),
        };
    }

    private async Task<IActionResult> ConfirmAsync(string addressShown, CancellationToken cancellationToken)
    {
        var outcome = await confirmEmail.RunAsync(HttpContext.RequiredPerson, addressShown, cancellationToken);
        return outcome switch
        {
            ConfirmEmailOutcome.Confirmed => Redirect(JourneyLinks.Onward(Request)),
            ConfirmEmailOutcome.AnotherIsOnFile => this.PageWithError("", words["AnotherIsOnFile"]),
            _ => throw new UnreachableException(outcome.ToString()),
        };
    }

    private async Task<IActionResult> CorrectAsync(CancellationToken cancellationToken)
    {
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        var outcome = await sendEmailCode.RunAsync(HttpContext.RequiredPerson, Input.NewAddress, language, cancellationToken);
        switch (outcome)
        {
            case SendEmailCodeOutcome.Sent:
                return Redirect(CodePage);
            case SendEmailCodeOutcome.IsOnFile:
                return await ConfirmAsync(Input.NewAddress!, cancellationToken);
            case SendEmailCodeOutcome.Refused refused:
                return this.PageWithError("Input.NewAddress", SendEmailCodeWords.Of(refused.Reason, words));
            case SendEmailCodeOutcome.TooSoon tooSoon:
                return this.PageWhenTooSoon(SendEmailCodeWords.Of(tooSoon, words));
            case SendEmailCodeOutcome.TooBusy:
                return this.PageWhenTooBusy(words["TooBusy"]);
            default:
                throw new UnreachableException(outcome.ToString());
        }
    }

    public sealed class Form
    {
        public const string Confirm = "confirm", Correct = "correct";

        /// <summary>Of the form sent. A list, so that two answers at once are none.</summary>
        public List<string> Answer { get; set; } = [];

        public string? AddressShown { get; set; }

        public string? NewAddress { get; set; }
    }
}
