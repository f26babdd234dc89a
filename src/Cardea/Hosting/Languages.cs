using Cardea.Features.Sessions;
using Microsoft.AspNetCore.Localization;

namespace Cardea.Hosting;

/// <summary>
/// English, Spanish, French, each complete (S0-17). The person's profile decides, then this device's cookie, then the browser; a choice made
/// on the page itself (a form field "language") comes first, so that the answer is already in it.
/// </summary>
public static class Languages
{
    public const string Field = "language";

    /// <summary>Each under its own name, in the order in which they are offered.</summary>
    public static readonly IReadOnlyList<(string Code, string Name)> Offered = [("en", "English"), ("es", "Español"), ("fr", "Français")];

    public static readonly IReadOnlyList<string> All = [.. Offered.Select(language => language.Code)];

    public static bool IsKnown(string? language) => language is not null && All.Contains(language);

    extension(WebApplication app)
    {
        public WebApplication UseLanguages()
        {
            app.UseRequestLocalization(options =>
            {
                options.SetDefaultCulture(All[0]).AddSupportedCultures([.. All]).AddSupportedUICultures([.. All]);
                options.RequestCultureProviders =
                [
                    new CustomRequestCultureProvider(async context => Result(await ChosenNowAsync(context))),
                    new CustomRequestCultureProvider(context => Task.FromResult(Result(context.Person?.Language))),
                    new CustomRequestCultureProvider(context => Task.FromResult(Result(context.ReadCookie(Cookies.Language)))),
                    new AcceptLanguageHeaderRequestCultureProvider(),
                ];
            });
            return app;
        }
    }

    extension(HttpContext context)
    {
        /// <summary>The language asked for by a button of this very form; null when the form is about something else.</summary>
        public string? ChosenLanguage => context.Request.HasFormContentType && context.Request.Form[Field] is [{ } chosen] && IsKnown(chosen) ? chosen : null;
    }

    private static async Task<string?> ChosenNowAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.HasFormContentType)
        {
            return null;
        }

        try
        {
            await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (IOException problem) when (problem is not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The form ends too early.", problem);
        }

        return context.ChosenLanguage;
    }

    private static ProviderCultureResult? Result(string? language) => IsKnown(language) ? new(language) : null;
}
