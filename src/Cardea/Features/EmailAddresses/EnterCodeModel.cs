using System.Diagnostics;
using System.Globalization;
using Cardea.Data;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules.EmailAddresses;
using Cardea.Rules.OneTimeCodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.EmailAddresses;

/// <summary>What the two pages share on which the code is entered that was mailed to a new address: they differ in where they lead.</summary>
public abstract class EnterCodeModel(AppDbContext db, SendEmailCode sendEmailCode, ChangeEmail changeEmail, IStringLocalizer<Words> words)
    : PageModel, IShownAgain
{
    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    /// <summary>Null once it was settled, in another tab perhaps.</summary>
    public EmailChange? Pending { get; private set; }

    public string MaskedAddress => EmailAddressRules.Masked(Pending?.NewAddress ?? "");

    /// <summary>Where another address can be entered.</summary>
    public abstract string EmailPage { get; }

    protected abstract string CodePage { get; }

    /// <summary>Where the new address leads.</summary>
    protected abstract string Onward { get; }

    private static string PageLanguage => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var session = HttpContext.RequiredPerson.SessionId;
        Pending = await db.EmailChanges.AsNoTracking().SingleOrDefaultAsync(change => change.SessionId == session, cancellationToken);
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return Pending is null ? Redirect(EmailPage) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return (Pending, Input.Answer) switch
        {
            (null, _) => Redirect(EmailPage),
            (_, [Form.Enter]) => await EnterAsync(cancellationToken),
            (_, [Form.Resend]) => await ResendAsync(Pending.NewAddress, cancellationToken),
            _ => PageWithWrongCode(words["CodeMissing"]),
        };
    }

    private async Task<IActionResult> EnterAsync(CancellationToken cancellationToken)
    {
        if (OneTimeCodeRules.Read(Input.Code) is not { } code)
        {
            return PageWithWrongCode(words[string.IsNullOrWhiteSpace(Input.Code) ? "CodeMissing" : "CodeNotSixDigits"]);
        }

        var outcome = await changeEmail.RunAsync(HttpContext.RequiredPerson, code, PageLanguage, cancellationToken);
        return outcome switch
        {
            ChangeEmailOutcome.Changed => Redirect(Onward),
            ChangeEmailOutcome.WrongCode { TriesLeft: 0 } => PageWithWrongCode(words["CodeWrongForGood"]),
            ChangeEmailOutcome.WrongCode wrong => PageWithWrongCode(words["CodeWrong", wrong.TriesLeft]),
            ChangeEmailOutcome.NoCodeToTry => PageWithWrongCode(words["CodeNoLongerWorks"]),
            ChangeEmailOutcome.CannotBeUsed => PageWithWrongCode(words["AddressCannotBeUsed"]),
            ChangeEmailOutcome.TooBusy => this.PageWhenTooBusy(words["TooBusy"]),
            _ => throw new UnreachableException(outcome.ToString()),
        };
    }

    private async Task<IActionResult> ResendAsync(string address, CancellationToken cancellationToken)
    {
        var outcome = await sendEmailCode.RunAsync(HttpContext.RequiredPerson, address, PageLanguage, cancellationToken);
        switch (outcome)
        {
            case SendEmailCodeOutcome.Sent:
                return Redirect(CodePage);
            case SendEmailCodeOutcome.IsOnFile or SendEmailCodeOutcome.Refused:
                return Redirect(EmailPage);
            case SendEmailCodeOutcome.TooSoon tooSoon:
                return this.PageWhenTooSoon(SendEmailCodeWords.Of(tooSoon, words));
            case SendEmailCodeOutcome.TooBusy:
                return this.PageWhenTooBusy(words["TooBusy"]);
            default:
                throw new UnreachableException(outcome.ToString());
        }
    }

    /// <summary>A code that was tried is not sent back: the next one is typed into an empty field.</summary>
    private IActionResult PageWithWrongCode(string sentence)
    {
        ModelState.Remove("Input.Code");
        Input.Code = null;
        return this.PageWithError("Input.Code", sentence);
    }

    public sealed class Form
    {
        public const string Enter = "enter", Resend = "resend";

        /// <summary>Of the form sent. A list, so that two answers at once are none.</summary>
        public List<string> Answer { get; set; } = [];

        public string? Code { get; set; }
    }
}
