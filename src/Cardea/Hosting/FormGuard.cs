using Cardea.Data;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Cardea.Hosting;

/// <summary>A page that reads something before it can be shown: called when the page is shown again without its handler having run.</summary>
public interface IShownAgain
{
    Task PrepareAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Stands before every form. A token that is stale or from elsewhere changes nothing, but whoever typed into a form that lay open too
/// long gets it back as it was, with a fresh token. A language button gives the same page in the other language, and is remembered (S0-17).
/// </summary>
public sealed class FormGuard(IAntiforgery antiforgery, AppDbContext db, IStringLocalizer<Words> words) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method) || context.HandlerInstance is Features.Errors.IndexModel)
        {
            await next();   // the error page stands for the one that was asked for, whose answer is given already
            return;
        }

        if (!await antiforgery.IsRequestValidAsync(http))
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
            if (context.HandlerInstance is Features.SignIn.LanguageModel)
            {
                await next();
                return;
            }

            Forgive(context.ModelState);
            await ShowAgainAsync(context);
            return;
        }

        await next();
    }

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
        var page = (PageModel)context.HandlerInstance;
        if (page is IShownAgain needsMore)
        {
            await needsMore.PrepareAsync(context.HttpContext.RequestAborted);
        }

        context.Result = HasNothingToShow(page) ? new RedirectResult("/") : page.Page();
    }

    private static bool HasNothingToShow(PageModel page) =>
        page is Features.SignIn.SignOutModel or Features.SignIn.LanguageModel or Features.Sessions.StayModel;

    private async Task RememberAsync(HttpContext http, string language)
    {
        if (http.Person is not { } person)
        {
            http.WriteCookie(Cookies.Language, language, Languages.Remembered);
            return;
        }

        await using var write = await db.BeginWriteAsync(http.RequestAborted);
        await db.Accounts
            .Where(account => account.Id == person.AccountId)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.Language, language), http.RequestAborted);
        await write.CommitAsync(http.RequestAborted);
    }
}
