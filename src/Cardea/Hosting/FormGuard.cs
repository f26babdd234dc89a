using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Hosting;

/// <summary>A page that reads something before it can be shown: called when the page is shown again without its handler having run.</summary>
public interface IShownAgain
{
    Task PrepareAsync(CancellationToken cancellationToken);
}

/// <summary>Marks pages that only act: there is nothing of them to show again.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HasNothingToShowAttribute : Attribute;

/// <summary>
/// Marks what a button of our own does also when its page is older than the session: signing out, which whoever walks away relies on.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AcceptsStaleFormAttribute : Attribute;

/// <summary>
/// Stands before every form. A token that is stale or from elsewhere changes nothing, but whoever typed into a form that lay open too
/// long gets it back as it was, with a fresh token. A language button gives the same page in the other language, and is remembered (S0-17).
/// </summary>
public sealed class FormGuard(IAntiforgery antiforgery, ChangeLanguage changeLanguage, IStringLocalizer<Words> words) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            await next();
            return;
        }

        if (http.Request.HasFormContentType && http.Request.Form.Any(field => HasNul(field.Key) || field.Value.Any(HasNul)))
        {
            context.Result = new BadRequestResult();   // nobody types it, and PostgreSQL does not take it
            return;
        }

        if (!context.ModelState.IsValid)   // nothing was judged yet: a value is not of its field's type, which no form of ours sends (V15.3.5)
        {
            context.Result = new BadRequestResult();
            return;
        }

        if (!await antiforgery.IsRequestValidAsync(http) && !IsOwnStaleForm(http))
        {
            Forgive(context.ModelState);
            context.ModelState.AddModelError("", words["StaleForm"]);
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await ShowAgainAsync(context);
            return;
        }

        if (http.ChosenLanguage is { } language)
        {
            await RememberAsync(http, language);
            if (!HasNothingToShow(context))
            {
                Forgive(context.ModelState);
                await ShowAgainAsync(context);
                return;
            }
        }

        await next();
    }

    private static bool HasNul(string? text) => text?.Contains('\0', StringComparison.Ordinal) is true;

    /// <summary>Only a browser says so by itself, of a button on one of our own pages.</summary>
    private static bool IsOwnStaleForm(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<AcceptsStaleFormAttribute>() is not null && http.Request.Headers["Sec-Fetch-Site"] is ["same-origin"];

    /// <summary>Nothing was judged, so nothing is wrong yet; the typed values stay.</summary>
    private static void Forgive(ModelStateDictionary state)
    {
        foreach (var entry in state.Values)
        {
            entry.Errors.Clear();
            entry.ValidationState = ModelValidationState.Skipped;
        }
    }

    private static async Task ShowAgainAsync(PageHandlerExecutingContext context)
    {
        if (HasNothingToShow(context))
        {
            context.Result = new RedirectResult("/");
            return;
        }

        var page = (PageModel)context.HandlerInstance;
        if (page is IShownAgain needsMore)
        {
            await needsMore.PrepareAsync(context.HttpContext.RequestAborted);
        }

        context.Result = page.Page();
    }

    private static bool HasNothingToShow(PageHandlerExecutingContext context) =>
        context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<HasNothingToShowAttribute>() is not null;

    private async Task RememberAsync(HttpContext http, string language)
    {
        if (http.Person is { } person)
        {
            await changeLanguage.RunAsync(person, language, http.RequestAborted);
        }
        else
        {
            http.WriteCookie(Cookies.Language, language, Cookies.Lasting);
        }
    }
}
