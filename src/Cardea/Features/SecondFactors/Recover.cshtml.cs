using System.Diagnostics;
using System.Globalization;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Features.SignIn.Journey;
using Cardea.Hosting;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondFactors;

/// <summary>For the day when the phone is gone: one of the ten codes instead (S1-12).</summary>
public sealed class RecoverModel(ProveByRecoveryCode prove, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public string CodePage => JourneyLinks.With("/sign-in/second-factor", JourneyLinks.Onward(Request));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (RecoveryCodeRules.Read(Input.Code) is not { } code)
        {
            return PageWithWrongCode(words[string.IsNullOrWhiteSpace(Input.Code) ? "RecoveryCodeMissing" : "RecoveryCodeNotOne", RecoveryCodeRules.Characters]);
        }

        var outcome = await prove.RunAsync(HttpContext.RequiredPerson, code, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, cancellationToken);
        return outcome switch
        {
            ProveOutcome.Proven proven => Enter(proven),
            ProveOutcome.NotAccepted => PageWithWrongCode(words["RecoveryCodeNotAccepted"]),
            ProveOutcome.Locked locked => PageWithWrongCode(SecondFactorWords.Of(locked, words)),
            ProveOutcome.TooBusy => this.PageWhenTooBusy(words["TooBusy"]),
            _ => throw new UnreachableException(outcome.ToString()),
        };
    }

    private RedirectResult Enter(ProveOutcome.Proven proven)
    {
        HttpContext.WriteCookie(Cookies.Session, proven.SessionSecret);
        return Redirect(JourneyLinks.Onward(Request));
    }

    /// <summary>A secret is not sent back: it is typed again.</summary>
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
