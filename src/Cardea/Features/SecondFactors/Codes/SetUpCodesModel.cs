using System.Diagnostics;
using System.Globalization;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules.OneTimeCodes;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondFactors.Codes;

/// <summary>Sends a first code to where all later ones will go, and takes it (S1-03, S1-04).</summary>
public abstract class SetUpCodesModel(
    FactorKinds kind, FactorWays ways, CodeDestinations destinations, SendCode sendCode, AddByCode add, IStringLocalizer<Words> words)
    : SetUpPageModel(kind, ways, words)
{
    /// <summary>Null before the first one is sent.</summary>
    public CodeStatus? Code { get; private set; }

    protected static string PageLanguage => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    public override async Task PrepareAsync(CancellationToken cancellationToken) =>
        Code = await destinations.StatusAsync(HttpContext.RequiredPerson, Kind, cancellationToken);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return IsAllowed ? Page() : Redirect(PageOf(FactorPages.SetUpAny));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!IsAllowed)
        {
            return Redirect(PageOf(FactorPages.SetUpAny));
        }

        return Input.Answer switch
        {
            [CodeForm.Enter] => await EnterAsync(cancellationToken),
            [CodeForm.Resend] => await SendAsync(cancellationToken),
            _ => await PageWithWrongCodeAsync(Words["SentCodeMissing"], cancellationToken),
        };
    }

    /// <summary>Where to send it; null, with a sentence in the form's state, where that is nowhere.</summary>
    protected abstract Task<CodeDestination?> DestinationAsync(CancellationToken cancellationToken);

    protected Task<CodeDestination?> LastDestinationAsync(CancellationToken cancellationToken) =>
        destinations.LastAsync(HttpContext.RequiredPerson, Kind, cancellationToken);

    private async Task<IActionResult> EnterAsync(CancellationToken cancellationToken)
    {
        if (OneTimeCodeRules.Read(Input.Code) is not { } code)
        {
            return await PageWithWrongCodeAsync(
                Words[string.IsNullOrWhiteSpace(Input.Code) ? "SentCodeMissing" : "CodeNotSixDigits"], cancellationToken);
        }

        var outcome = await add.RunAsync(HttpContext.RequiredPerson, Kind, code, PageLanguage, cancellationToken);
        return await AnswerAsync(outcome, Words["SentCodeNotAccepted"], cancellationToken);
    }

    private async Task<IActionResult> SendAsync(CancellationToken cancellationToken)
    {
        if (await DestinationAsync(cancellationToken) is not { } destination)
        {
            await PrepareAsync(cancellationToken);
            return this.PageWithStatus(StatusCodes.Status400BadRequest);
        }

        var outcome = await sendCode.RunAsync(
            HttpContext.RequiredPerson, destination, HttpContext.ClientNetwork, PageLanguage, cancellationToken);
        await PrepareAsync(cancellationToken);
        switch (outcome)
        {
            case SendCodeOutcome.Sent:
                return Redirect(PageOf(FactorPages.SetUp(Kind)));
            case SendCodeOutcome.TooSoon tooSoon:
                ModelState.AddModelError("", CodeWords.Of(tooSoon, Words));
                return this.PageWithStatus(StatusCodes.Status429TooManyRequests);
            case SendCodeOutcome.NoMoreTexts noMore:
                ModelState.AddModelError("", CodeWords.Of(noMore, HttpContext.RequiredPerson.TimeZone, Words));
                return this.PageWithStatus(StatusCodes.Status429TooManyRequests);
            case SendCodeOutcome.TooBusy:
                return this.PageWhenTooBusy(Words["TooBusy"]);
            default:
                throw new UnreachableException(outcome.ToString());
        }
    }
}
