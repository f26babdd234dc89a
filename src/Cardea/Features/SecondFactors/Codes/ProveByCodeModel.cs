using System.Diagnostics;
using System.Globalization;
using Cardea.Features.SecondFactors.Devices;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules.OneTimeCodes;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondFactors.Codes;

/// <summary>Sends a code as soon as it is opened, once a sign-in, and takes it (S1-06, S1-07).</summary>
public abstract class ProveByCodeModel(
    FactorKinds kind, FactorWays ways, RememberedDevices devices, CodeDestinations destinations, SendCode sendCode, ProveByCode prove,
    IStringLocalizer<Words> words)
    : ProvePageModel(kind, ways, devices, words), IShownAgain
{
    /// <summary>Null when none could be sent.</summary>
    public CodeStatus? Code { get; private set; }

    public async Task PrepareAsync(CancellationToken cancellationToken) =>
        Code = await destinations.StatusAsync(HttpContext.RequiredPerson, Kind, cancellationToken);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (LeadElsewhere() is { } elsewhere)
        {
            return elsewhere;
        }

        await PrepareAsync(cancellationToken);
        return Code is null ? await SendAsync(cancellationToken) ?? Page() : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return Input.Answer switch
        {
            [CodeForm.Enter] => await EnterAsync(cancellationToken),
            [CodeForm.Resend] => await SendAsync(cancellationToken) ?? Redirect(PageOf(FactorPages.Prove(Kind))),
            _ => PageWithWrongCode(Words["SentCodeMissing"]),
        };
    }

    private async Task<IActionResult> EnterAsync(CancellationToken cancellationToken)
    {
        if (OneTimeCodeRules.Read(Input.Code) is not { } code)
        {
            return PageWithWrongCode(Words[string.IsNullOrWhiteSpace(Input.Code) ? "SentCodeMissing" : "CodeNotSixDigits"]);
        }

        return await AnswerAsync(await prove.RunAsync(HttpContext.RequiredPerson, Kind, code, cancellationToken), Words["SentCodeNotAccepted"]);
    }

    /// <summary>Null when a code is on its way.</summary>
    private async Task<IActionResult?> SendAsync(CancellationToken cancellationToken)
    {
        var person = HttpContext.RequiredPerson;
        if (await destinations.FindAsync(person, Kind, cancellationToken) is not { } destination)
        {
            return this.PageWithError("", Words["WayBlocked"]);
        }

        var outcome = await sendCode.RunAsync(
            person, destination, HttpContext.ClientNetwork, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, cancellationToken);
        await PrepareAsync(cancellationToken);
        switch (outcome)
        {
            case SendCodeOutcome.Sent:
                return null;
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
