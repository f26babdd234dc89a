using System.Diagnostics;
using Cardea.Features.SecondFactors.Devices;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Features.SignIn.Journey;
using Cardea.Hosting;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondFactors;

/// <summary>Where a code is typed after the password, of whatever kind it is.</summary>
/// <param name="kind">Of the page; None for recovery codes, which stand in for all kinds.</param>
public abstract class ProvePageModel(FactorKinds kind, FactorWays ways, RememberedDevices devices, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty, FromForm]
    public CodeForm Input { get; set; } = new();

    public FactorKinds Kind => kind;

    protected IStringLocalizer<Words> Words => words;

    /// <summary>The strongest first; recovery codes are the last resort and stand below them.</summary>
    public IReadOnlyList<FactorKinds> OtherWays => [.. OpenWays.Where(way => way != kind)];

    /// <summary>Before something delicate, nothing less than the strongest will do.</summary>
    private IReadOnlyList<FactorKinds> OpenWays =>
        ways.Usable(HttpContext.RequiredPerson) is var usable && FactorPages.IsInAccount(Request) ? [.. usable.Take(1)] : usable;

    /// <summary>Of this step, with the page that was first asked for.</summary>
    public string PageOf(string path) => JourneyLinks.With(FactorPages.Here(Request, path), JourneyLinks.Onward(Request));

    /// <summary>Null where this page is one of the person's ways; else it leads to the strongest that is.</summary>
    protected IActionResult? LeadElsewhere() =>
        OpenWays is var open && open.Contains(kind) ? null
        : open is [var strongest, ..] ? Redirect(PageOf(FactorPages.Prove(strongest)))
        : NotFound();

    /// <summary>0 where it is asked for every time. A recovery code says nothing about a device.</summary>
    public int RememberDays => kind is FactorKinds.None || FactorPages.IsInAccount(Request) ? 0 : ways.RememberDays(HttpContext.RequiredPerson);

    /// <param name="notAccepted">How to go on after a wrong code.</param>
    protected async Task<IActionResult> AnswerAsync(ProveOutcome outcome, string notAccepted) => outcome switch
    {
        ProveOutcome.Proven proven => await EnterAsync(proven),
        ProveOutcome.NotAccepted => PageWithWrongCode(notAccepted),
        ProveOutcome.ClockIsOff off => PageWithWrongCode(SecondFactorWords.Of(off, words)),
        ProveOutcome.Locked locked => PageWithWrongCode(SecondFactorWords.Of(locked, words)),
        ProveOutcome.Unusable => PageWithWrongCode(words["WayBlocked"]),
        ProveOutcome.TooBusy => this.PageWhenTooBusy(words["TooBusy"]),
        _ => throw new UnreachableException(outcome.ToString()),
    };

    /// <summary>A code that was tried is not sent back: the next one is typed into an empty field.</summary>
    protected IActionResult PageWithWrongCode(string sentence)
    {
        ModelState.Remove("Input.Code");
        Input.Code = null;
        return this.PageWithError("Input.Code", sentence);
    }

    private async Task<IActionResult> EnterAsync(ProveOutcome.Proven proven)
    {
        if (Input.Remember && RememberDays is var days and > 0)
        {
            var secret = await devices.RememberAsync(HttpContext.RequiredPerson, HttpContext.ClientAddress, Request.Headers.UserAgent.ToString());
            HttpContext.WriteCookie(Cookies.Remembered, secret, TimeSpan.FromDays(days));
        }

        HttpContext.WriteCookie(Cookies.Session, proven.SessionSecret);
        return Redirect(JourneyLinks.Onward(Request));
    }
}

public sealed class CodeForm
{
    public const string Enter = "enter", Resend = "resend";

    /// <summary>Of the form sent, where a page has two. A list, so that two answers at once are none.</summary>
    public List<string> Answer { get; set; } = [];

    public string? Code { get; set; }

    /// <summary>As typed, where a phone is set up (S1-04).</summary>
    public string? PhoneNumber { get; set; }

    /// <summary>This device, for the days that the organization allows (S1-08).</summary>
    public bool Remember { get; set; }
}
