using System.Diagnostics;
using System.Globalization;
using Cardea.Data;
using Cardea.Features.SecondFactors.Security;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules.EmailAddresses;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.EmailAddresses;

/// <summary>The work email address under "manage my account" (S2-10): another one is proven by a code, and the old one is told.</summary>
[SignedInRecently]
[KeepsDraft(nameof(Form.NewAddress))]
public sealed class ChangeModel(AppDbContext db, SendEmailCode sendEmailCode, IStringLocalizer<Words> words) : PageModel, IShownAgain
{
    public const string Path = "/account/email";

    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    [FromQuery(Name = "changed")]
    public bool WasChanged { get; set; }

    public string? AddressOnFile => Person.Email;

    public bool MailIsRefused => Person.EmailRefusedAt is not null;

    /// <summary>Masked; null unless a code was sent that still waits to be entered.</summary>
    public string? AwaitsCode { get; private set; }

    private SignedInPerson Person => HttpContext.RequiredPerson;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var pending = await db.EmailChanges
            .Where(change => change.SessionId == Person.SessionId).Select(change => change.NewAddress).SingleOrDefaultAsync(cancellationToken);
        AwaitsCode = pending is null ? null : EmailAddressRules.Masked(pending);
    }

    public Task OnGetAsync(CancellationToken cancellationToken) => PrepareAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        WasChanged = false;
        await PrepareAsync(cancellationToken);
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        var outcome = await sendEmailCode.RunAsync(Person, Input.NewAddress, language, cancellationToken);
        return outcome switch
        {
            SendEmailCodeOutcome.Sent => Redirect(ChangeCodeModel.Path),
            SendEmailCodeOutcome.IsOnFile => this.PageWithError("Input.NewAddress", words["IsOnFile"]),
            SendEmailCodeOutcome.Refused refused => this.PageWithError("Input.NewAddress", SendEmailCodeWords.Of(refused.Reason, words)),
            SendEmailCodeOutcome.TooSoon tooSoon => this.PageWhenTooSoon(SendEmailCodeWords.Of(tooSoon, words)),
            SendEmailCodeOutcome.TooBusy => this.PageWhenTooBusy(words["TooBusy"]),
            _ => throw new UnreachableException(outcome.ToString()),
        };
    }

    public sealed class Form
    {
        public string? NewAddress { get; set; }
    }
}
