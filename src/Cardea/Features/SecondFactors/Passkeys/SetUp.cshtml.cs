using System.Globalization;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Rules;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondFactors.Passkeys;

/// <summary>An authenticator makes a passkey for this address and this person.</summary>
public sealed class SetUpPasskeyModel(FactorWays ways, BeginPasskey begin, AddPasskey add, IStringLocalizer<Words> words)
    : SetUpPageModel(FactorKinds.Passkey, ways, words)
{
    /// <summary>Null where no passkey can be had, and once it is set up.</summary>
    public string? Options { get; private set; }

    /// <summary>By which the person knows it among others; may be empty.</summary>
    [BindProperty, FromForm]
    public string? Name { get; set; }

    public override async Task PrepareAsync(CancellationToken cancellationToken) =>
        Options = await begin.ToSetUpAsync(HttpContext.RequiredPerson, HttpContext, cancellationToken);

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

        var name = string.IsNullOrWhiteSpace(Name) ? null : PlainLine.Normalize(Name);
        if (name is not null && PlainLine.Check(Name, Factor.NameMaxLength) is not null)
        {
            await PrepareAsync(cancellationToken);
            return this.PageWithError("Name", Words["FactorNameWrong", Factor.NameMaxLength]);
        }

        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        var outcome = await add.RunAsync(HttpContext.RequiredPerson, Input.Code ?? "", name, language, HttpContext, cancellationToken);
        return await AnswerAsync(outcome, Words["PasskeyNotAccepted"], cancellationToken);
    }
}
