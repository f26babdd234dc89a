using System.Globalization;
using Cardea.Features.Sessions;
using Cardea.Rules.OneTimeCodes;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using QRCoder;

namespace Cardea.Features.SecondFactors.Authenticators;

/// <summary>An authenticator app is shown its key, and shows a code (S0-10).</summary>
public sealed class SetUpAuthenticatorModel(FactorWays ways, BeginAuthenticator begin, AddAuthenticator add, IStringLocalizer<Words> words)
    : SetUpPageModel(FactorKinds.Authenticator, ways, words)
{
    private const int Group = 4;

    /// <summary>Null once it is set up.</summary>
    public OfferedKey? Offered { get; private set; }

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

    public override async Task PrepareAsync(CancellationToken cancellationToken) =>
        Offered = await begin.RunAsync(HttpContext.RequiredPerson, cancellationToken);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!IsAllowed)
        {
            return Redirect(PageOf(FactorPages.SetUpAny));
        }

        await PrepareAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!IsAllowed)
        {
            return Redirect(PageOf(FactorPages.SetUpAny));
        }

        if (OneTimeCodeRules.Read(Input.Code) is not { } code)
        {
            return await PageWithWrongCodeAsync(Words[string.IsNullOrWhiteSpace(Input.Code) ? "CodeMissing" : "CodeNotSixDigits"], cancellationToken);
        }

        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        var outcome = await add.RunAsync(HttpContext.RequiredPerson, code, language, cancellationToken);
        return await AnswerAsync(outcome, Words["CodeNotAccepted"], cancellationToken);
    }
}
