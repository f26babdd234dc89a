using System.Globalization;
using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Patients;

/// <summary>Where patients arrive, and all that they reach (S1-09).</summary>
[ForAudience(Audience.Patient)]
public sealed class IndexModel(IStringLocalizer<Words> words) : PageModel
{
    public SignedInPerson Person => HttpContext.RequiredPerson;

    public string LastSignIn => Person.PreviousSignInAt is { } at
        ? words["LastSignInAtFrom", LocalTime.Of(at, Person.TimeZone).ToString("f", CultureInfo.CurrentCulture), Person.PreviousSignInFrom ?? "–"]
        : words["FirstSignIn"];
}
