using Cardea.Features.SecondFactors.Recovery;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondFactors.Security;

/// <summary>Ten new recovery codes instead of the old ones (S1-12).</summary>
[SignedInRecently]
public sealed class NewCodesModel(ReplaceRecoveryCodes replace, IStringLocalizer<Words> words) : PageModel, IShownAgain
{
    /// <summary>Shown once.</summary>
    public IReadOnlyList<RecoveryCode>? Codes { get; private set; }

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        Codes = await replace.RunAsync(HttpContext.RequiredPerson, cancellationToken);
        return Codes is null ? this.PageWhenTooBusy(words["TooBusy"]) : Page();
    }
}
