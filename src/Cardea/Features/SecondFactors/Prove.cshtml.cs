using System.Diagnostics;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Features.SignIn.Journey;
using Cardea.Hosting;
using Cardea.Rules.OneTimeCodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondFactors;

/// <summary>The step after the password of whoever has set up an authenticator app (S0-09).</summary>
public sealed class ProveModel(ProveByAuthenticator prove, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public string RecoveryPage => JourneyLinks.With("/sign-in/second-factor/recovery-code", JourneyLinks.Onward(Request));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (OneTimeCodeRules.Read(Input.Code) is not { } code)
        {
            return PageWithWrongCode(words[string.IsNullOrWhiteSpace(Input.Code) ? "CodeMissing" : "CodeNotSixDigits"]);
        }

        var outcome = await prove.RunAsync(HttpContext.RequiredPerson, code, cancellationToken);
        return outcome switch
        {
            ProveOutcome.Proven proven => Enter(proven),
            ProveOutcome.NotAccepted => PageWithWrongCode(words["CodeNotAccepted"]),
            ProveOutcome.ClockIsOff off => PageWithWrongCode(SecondFactorWords.Of(off, words)),
            ProveOutcome.Locked locked => PageWithWrongCode(SecondFactorWords.Of(locked, words)),
            ProveOutcome.Blocked => PageWithWrongCode(words["AppBlocked"]),
            _ => throw new UnreachableException(outcome.ToString()),
        };
    }

    private RedirectResult Enter(ProveOutcome.Proven proven)
    {
        HttpContext.WriteCookie(Cookies.Session, proven.SessionSecret);
        return Redirect(JourneyLinks.Onward(Request));
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
        public string? Code { get; set; }
    }
}
