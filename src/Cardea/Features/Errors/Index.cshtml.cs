using System.Diagnostics;
using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Cardea.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cardea.Features.Errors;

/// <summary>What a person sees when a request cannot be answered: what happened, that nothing was lost, and what to do. Never a trace (V16.5.1).</summary>
[AllowAnonymous]
[ReachableWhilePending]
[ForAudience(Audience.Staff, Audience.Patient)]
[HasNothingToShow]
[DoesNotExtendSession]
public sealed class IndexModel : PageModel
{
    /// <summary>First part of the names of the words.</summary>
    public string Kind { get; private set; } = "Broken";

    /// <summary>Ties what a person tells the help desk to the log.</summary>
    public string? Reference => Kind is "Broken" ? Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier : null;

    public IActionResult OnGet() => Show();

    public IActionResult OnPost() => Show();

    private PageResult Show()
    {
        var isOurs = HttpContext.Features.Get<IExceptionHandlerFeature>() is not null || HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is not null;
        if (!isOurs)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;   // somebody typed this address
        }

        Kind = Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => "NotFound",
            StatusCodes.Status413PayloadTooLarge => "TooLarge",
            StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable => "Busy",
            >= 400 and < 500 => "BadRequest",
            _ => "Broken",
        };
        return Page();
    }
}
