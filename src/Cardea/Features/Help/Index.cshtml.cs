using System.Diagnostics;
using System.Globalization;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Callers;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Features.SignIn.Journey;
using Cardea.Hosting;
using Cardea.Policies;
using Cardea.Rules.OneTimeCodes;
using Cardea.Rules.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Help;

/// <summary>The help desk page; it shows a signed-in person the codes that the help desk asks for: of their organization (S2-40), and their own.</summary>
[AllowAnonymous]
[ReachableWhilePending]
[ForAudience(Audience.Staff, Audience.Patient)]
public sealed class IndexModel(PolicyBook policies, ShowCallerCode showCode, TimeProvider clock, IStringLocalizer<Shared.Words> sharedWords) : PageModel, IShownAgain
{
    /// <summary>To be read out; null until it was asked for.</summary>
    public string? CallerCode { get; private set; }

    /// <summary>Nobody gets one between the password and the second factor: it would be the way around it.</summary>
    public bool MayShowCallerCode => HttpContext.Person is { Audience: Audience.Staff, IsComplete: true };

    public bool CodeIsAskedAtSignIn => !IsForPatient && policies.Everywhere.Identifier is IdentifierKind.OrganizationCodeAndUsername;

    /// <summary>Email addresses do not.</summary>
    public bool NamesMindCase => !IsForPatient && policies.Everywhere.Identifier is not IdentifierKind.EmailAddress;

    /// <summary>Patients have none.</summary>
    public string? OrganizationCode => HttpContext.Person is { Audience: Audience.Staff } person ? person.OrganizationCode : null;

    /// <summary>In the time zone of the person.</summary>
    public string CallerCodeWorksUntil =>
        LocalTime.Of(clock.Now + OneTimeCodeRules.Lifetime, HttpContext.RequiredPerson.TimeZone).ToString("t", CultureInfo.CurrentCulture);

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!MayShowCallerCode)
        {
            return NotFound();
        }

        switch (await showCode.RunAsync(HttpContext.RequiredPerson, cancellationToken))
        {
            case ShowCallerCodeOutcome.Made made:
                CallerCode = made.Code;
                return Page();
            case ShowCallerCodeOutcome.TooBusy:
                return this.PageWhenTooBusy(sharedWords["ServerBusy"]);
            case var other:
                throw new UnreachableException(other.ToString());
        }
    }

    public bool IsForPatient => HttpContext.Audience is Audience.Patient;
}
