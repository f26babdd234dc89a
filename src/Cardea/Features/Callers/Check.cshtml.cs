using System.Diagnostics;
using System.Globalization;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.People;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules.EmailAddresses;
using Cardea.Rules.OneTimeCodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Callers;

/// <summary>Where a helper learns, on the phone, whether the caller is who they say they are.</summary>
public sealed class CheckModel(
    AppDbContext db,
    PeopleInReach people,
    CallerChecks checks,
    MailCallerCode mailCode,
    CheckCaller check,
    TimeProvider clock,
    IStringLocalizer<Words> words,
    IStringLocalizer<Shared.Words> sharedWords) : PageModel, IShownAgain
{
    [FromRoute]
    public Guid Id { get; set; }

    /// <summary>What the helper was about to do, to go on with once the caller is checked.</summary>
    [FromQuery]
    public PersonAct? For { get; set; }

    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public PersonInReach Person { get; private set; } = null!;

    /// <summary>Masked; null where no code can be mailed.</summary>
    public string? Address { get; private set; }

    public bool WasMailed { get; private set; }

    /// <summary>In the time zone of the helper; null as long as nobody was checked.</summary>
    public string? HoldsUntil { get; private set; }

    private SignedInPerson Helper => HttpContext.RequiredPerson;

    public static string PathOf(Guid accountId, PersonAct? act = null) =>
        $"{PersonModel.PathOf(accountId)}/caller{(act is null ? "" : $"?for={act}")}";

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        Person = await people.FindAsync(people.ManagerOf(Helper), Id, cancellationToken) is { IsDeleted: false } found ? found : throw new OutOfReachException();
        var email = await db.Accounts.Where(a => a.Id == Id).Select(a => a.Email).SingleAsync(cancellationToken);
        Address = email is null ? null : EmailAddressRules.Masked(email);
        HoldsUntil = await checks.EndOfAsync(Helper, Id, cancellationToken) is { } end
            ? At(end, "t")
            : null;
    }

    public async Task<IActionResult> OnGetAsync(bool mailed, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        WasMailed = mailed;
        return Person.Refusal is null ? Page() : StatusCode(StatusCodes.Status403Forbidden);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return (Person.Refusal, Input.Answer) switch
        {
            (not null, _) => StatusCode(StatusCodes.Status403Forbidden),
            (_, [Form.Mail]) => await MailAsync(cancellationToken),
            _ => await CheckAsync(cancellationToken),
        };
    }

    private string At(DateTimeOffset time, string format) => LocalTime.Of(time, Helper.TimeZone).ToString(format, CultureInfo.CurrentCulture);

    private async Task<IActionResult> MailAsync(CancellationToken cancellationToken)
    {
        var outcome = await mailCode.RunAsync(Person.Account, cancellationToken);
        return outcome switch
        {
            MailCallerCodeOutcome.Sent => Redirect($"{PathOf(Id)}?mailed=true{(For is null ? "" : $"&for={For}")}"),
            MailCallerCodeOutcome.TooSoon soon => this.PageWhenTooSoon(words["TooSoon", At(clock.Now + soon.Wait, "T")]),
            MailCallerCodeOutcome.HasNoAddress => this.PageWithError("", words["NoAddress"]),
            MailCallerCodeOutcome.TooBusy => this.PageWhenTooBusy(sharedWords["ServerBusy"]),
            _ => throw new UnreachableException(outcome.ToString()),
        };
    }

    private async Task<IActionResult> CheckAsync(CancellationToken cancellationToken)
    {
        if (OneTimeCodeRules.Read(Input.Code) is not { } code)
        {
            return this.PageWithError("Input.Code", words["CodeMissing"]);
        }

        var outcome = await check.RunAsync(Helper, Person.Account, code, cancellationToken);
        return outcome switch
        {
            CheckCallerOutcome.IsTheOwner => Redirect(For is { } act ? PersonActs.PathOf(act, Id) : $"{PersonModel.PathOf(Id)}?done=Caller"),
            CheckCallerOutcome.WrongCode { TriesLeft: 0 } => PageWithWrongCode(words["CodeWrongForGood"]),
            CheckCallerOutcome.WrongCode wrong => PageWithWrongCode(words["CodeWrong", wrong.TriesLeft]),
            CheckCallerOutcome.NoCodeToTry => PageWithWrongCode(words["CodeNoLongerWorks"]),
            CheckCallerOutcome.TooBusy => this.PageWhenTooBusy(sharedWords["ServerBusy"]),
            _ => throw new UnreachableException(outcome.ToString()),
        };
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
        public const string Mail = "mail", Check = "check";

        /// <summary>Of the form sent. A list, so that two answers at once are none.</summary>
        public List<string> Answer { get; set; } = [];

        public string? Code { get; set; }
    }
}
