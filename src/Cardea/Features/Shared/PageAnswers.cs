using Cardea.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cardea.Features.Shared;

/// <summary>How a form page answers when it does not move on: the same page, with what was typed, and an honest status.</summary>
public static class PageAnswers
{
    extension(PageModel page)
    {
        public IActionResult PageWithStatus(int status)
        {
            page.Response.StatusCode = status;
            return page.Page();
        }

        /// <summary>Something was typed that cannot be taken: said at its field, or, for an empty name, above the form.</summary>
        public IActionResult PageWithError(string field, string sentence)
        {
            page.ModelState.AddModelError(field, sentence);
            return page.PageWithStatus(StatusCodes.Status400BadRequest);
        }

        /// <summary>What was asked for was done a moment ago, or too often.</summary>
        public IActionResult PageWhenTooSoon(string sentence)
        {
            page.ModelState.AddModelError("", sentence);
            return page.PageWithStatus(StatusCodes.Status429TooManyRequests);
        }

        /// <summary>Nothing was evaluated and nothing counted; trying again is safe (S0-04).</summary>
        public IActionResult PageWhenTooBusy(string sentence)
        {
            page.Response.IsBusy();
            page.ModelState.AddModelError("", sentence);
            return page.Page();
        }
    }
}
