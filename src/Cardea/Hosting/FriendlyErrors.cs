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
                    : problem is InvalidDataException ? StatusCodes.Status400BadRequest   // a form that cannot be read: a NUL in it, too many fields
                    : StatusCodes.Status500InternalServerError,
            });
            app.UseStatusCodePagesWithReExecute("/error", "?status={0}");
            app.Use(ErrorsAreOnlyShown);
            return app;
        }
    }

    /// <summary>The form that could not be read must not be read once more for the page that says so.</summary>
    private static Task ErrorsAreOnlyShown(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IExceptionHandlerFeature>() is not null || context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            context.Request.Method = HttpMethods.Get;
        }

        return next(context);
    }

    /// <summary>Locked, full, unreachable: mostly gone in a minute, so the page says "try again" rather than "broken".</summary>
    public static bool IsDatabaseTrouble(Exception problem) =>
        problem is DbException or DbUpdateException { InnerException: DbException } or InvalidOperationException { InnerException: DbException };
}
