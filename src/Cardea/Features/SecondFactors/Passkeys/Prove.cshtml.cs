using Cardea.Features.SecondFactors.Devices;
using Cardea.Features.Sessions;
using Cardea.Hosting;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondFactors.Passkeys;

/// <summary>A passkey after the password. What the authenticator answers stands in the place of a code.</summary>
public sealed class ProveByPasskeyModel(FactorWays ways, RememberedDevices devices, BeginPasskey begin, ProveByPasskey prove, IStringLocalizer<Words> words)
    : ProvePageModel(FactorKinds.Passkey, ways, devices, words), IShownAgain
{
    /// <summary>Null where no passkey can be had.</summary>
    public string? Options { get; private set; }

    public async Task PrepareAsync(CancellationToken cancellationToken) =>
        Options = await begin.ToProveAsync(HttpContext.RequiredPerson, HttpContext, cancellationToken);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (LeadElsewhere() is { } elsewhere)
        {
            return elsewhere;
        }

        await PrepareAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var answer = await AnswerAsync(
            await prove.RunAsync(HttpContext.RequiredPerson, Input.Code ?? "", HttpContext, cancellationToken), Words["PasskeyNotAccepted"]);
        if (answer is PageResult)
        {
            await PrepareAsync(cancellationToken);
        }

        return answer;
    }
}
