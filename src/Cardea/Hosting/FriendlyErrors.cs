using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Hosting;

/// <summary>The last resort (V16.5): whatever breaks, a person gets a clear page, the log gets one entry, and nothing half-done stays.</summary>
public static class FriendlyErrors
{
    extension(WebApplication app)
    {
        public WebApplication UseFriendlyErrors()
        {
            app.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = "/error",
                StatusCodeSelector = problem => IsDatabaseTrouble(problem) ? StatusCodes.Status503ServiceUnavailable
                    : problem is BadHttpRequestException bad ? bad.StatusCode
                    : StatusCodes.Status500InternalServerError,
            });
            app.UseStatusCodePagesWithReExecute("/error", "?status={0}");
            return app;
        }
    }

    /// <summary>Locked, full, unreachable: mostly gone in a minute, so the page says "try again" rather than "broken".</summary>
    public static bool IsDatabaseTrouble(Exception problem) => problem is DbException or DbUpdateException { InnerException: DbException };
}
