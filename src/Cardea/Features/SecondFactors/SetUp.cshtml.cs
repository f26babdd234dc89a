using System.Diagnostics;
using System.Globalization;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Features.SignIn.Journey;
using Cardea.Hosting;
using Cardea.Rules.OneTimeCodes;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using QRCoder;

namespace Cardea.Features.SecondFactors;

/// <summary>The step in which an authenticator app is set up, and the recovery codes are shown, once (S0-10, S1-12).</summary>
public sealed class SetUpModel(BeginAuthenticator begin, AddAuthenticator add, IStringLocalizer<Words> words) : PageModel, IShownAgain
{
    private const int Group = 4;

    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    /// <summary>Null once it is set up.</summary>
    public OfferedKey? Offered { get; private set; }

    /// <summary>What comes after a code that was right, and never again.</summary>
    public IReadOnlyList<RecoveryCode>? NewCodes { get; private set; }

    public string OnwardPage => JourneyLinks.Onward(Request);

    public string KeyInGroups => string.Join(' ', Offered!.Key.Chunk(Group).Select(group => new string(group)));

    /// <summary>Drawn here, so that the key is in no address of a picture, and on nobody else's server.</summary>
    public string Picture
    {
        get
        {
            using var data = QRCodeGenerator.GenerateQrCode(Offered!.Address, QRCodeGenerator.ECCLevel.M);
            return new SvgQRCode(data).GetGraphic(1, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
        }
    }

    public async Task PrepareAsync(CancellationToken cancellationToken) => Offered = await begin.RunAsync(HttpContext.RequiredPerson, cancellationToken);

    public Task OnGetAsync(CancellationToken cancellationToken) => PrepareAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (OneTimeCodeRules.Read(Input.Code) is not { } code)
        {
            return await PageWithWrongCodeAsync(words[string.IsNullOrWhiteSpace(Input.Code) ? "CodeMissing" : "CodeNotSixDigits"], cancellationToken);
        }

        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        var outcome = await add.RunAsync(HttpContext.RequiredPerson, code, language, cancellationToken);
        switch (outcome)
        {
            case AddAuthenticatorOutcome.Added added:
                HttpContext.WriteCookie(Cookies.Session, added.SessionSecret);
                NewCodes = added.RecoveryCodes;
                return NewCodes is null ? Redirect(OnwardPage) : Page();
            case AddAuthenticatorOutcome.WasAddedBefore:
                return Redirect(OnwardPage);
            case AddAuthenticatorOutcome.WrongCode:
                return await PageWithWrongCodeAsync(words["CodeNotAccepted"], cancellationToken);
            case AddAuthenticatorOutcome.ClockIsOff off:
                return await PageWithWrongCodeAsync(SecondFactorWords.Of(new ProveOutcome.ClockIsOff(off.Minutes), words), cancellationToken);
            case AddAuthenticatorOutcome.TooBusy:
                await PrepareAsync(cancellationToken);
                return this.PageWhenTooBusy(words["TooBusy"]);
            default:
                throw new UnreachableException(outcome.ToString());
        }
    }

    private async Task<IActionResult> PageWithWrongCodeAsync(string sentence, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        ModelState.Remove("Input.Code");
        Input.Code = null;
        return this.PageWithError("Input.Code", sentence);
    }

    public sealed class Form
    {
        public string? Code { get; set; }
    }
}
