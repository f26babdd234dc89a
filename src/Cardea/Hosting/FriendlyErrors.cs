using System.Data.Common;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.SetUp;
using Microsoft.AspNetCore.Diagnostics;

namespace Cardea.Hosting;

/// <summary>The last resort (V16.5): whatever breaks, a person gets a clear page, the log gets one entry, and nothing half-done stays.</summary>
public static class FriendlyErrors
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddFriendlyErrors()
        {
            builder.Services.AddExceptionHandler<DatabaseTroubleHandler>();
            return builder;
        }
    }

    extension(WebApplication app)
    {
        public WebApplication UseFriendlyErrors()
        {
            app.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = "/error",
                CreateScopeForErrors = true,   // what failed once in this request is remembered as failed, the look-up of the session above all
                SuppressDiagnosticsCallback = failed =>
                    failed.Exception.IsDatabaseTrouble   // DatabaseTroubleHandler tells it
                    || RefusalOf(failed.Exception) is not null,   // strangers who send rubbish must not fill the log with traces
                StatusCodeSelector = problem => problem.IsDatabaseTrouble
                    ? StatusCodes.Status503ServiceUnavailable
                    : RefusalOf(problem) ?? StatusCodes.Status500InternalServerError,
            });
            app.UseStatusCodePagesWithReExecute("/error", "?status={0}");
            app.Use(ErrorsAreOnlyShown);
            return app;
        }
    }

    /// <summary>The status for what only the sender can mend; null when the failure is ours.</summary>
    private static int? RefusalOf(Exception problem) => problem switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        InvalidDataException => StatusCodes.Status400BadRequest,   // a form that cannot be read: a NUL in it, too many fields
        OutOfReachException => StatusCodes.Status404NotFound,
        _ => null,
    };

    /// <summary>The form that could not be read must not be read once more for the page that says so.</summary>
    private static Task ErrorsAreOnlyShown(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IExceptionHandlerFeature>() is not null || context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            context.Request.Method = HttpMethods.Get;
        }

        return next(context);
    }
}

/// <summary>
/// The database is mostly nobody's bug: the log gets a plain sentence, and the trace only who asks for it. The page that is still to come does
/// not ask the database again.
/// </summary>
public sealed partial class DatabaseTroubleHandler(RegistryProfile registry, ILogger<DatabaseTroubleHandler> logger) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception.IsDatabaseTrouble)
        {
            registry.LeaveDatabaseAlone();
            var trouble = exception as DbException ?? exception.InnerException!;
            Log.Trouble(logger, trouble.Message.ReplaceLineEndings(" "));
            Log.Trace(logger, exception);
        }

        return new(false);   // no answer yet
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Error, "The database does not answer as it should ({Trouble}); whoever asked is told to try again.")]
        public static partial void Trouble(ILogger logger, string trouble);

        [LoggerMessage(1002, LogLevel.Debug, "Where the database did not answer as it should.")]
        public static partial void Trace(ILogger logger, Exception problem);
    }
}
