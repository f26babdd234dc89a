using System.Globalization;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Rules.Announcements;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cardea.Features.Announcements;

/// <summary>A page of those who write. For everybody else it is not there, and neither is what they do not reach.</summary>
public abstract class AnnouncementAdminModel(AnnouncementWriters writers) : PageModel
{
    public const string ListPath = "/admin/announcements";

    public AnnouncementWriter Writer { get; private set; } = null!;   // set before any handler

    protected SignedInPerson Person => HttpContext.RequiredPerson;

    /// <summary>Comes before all other filters: a form in another language is none for strangers either.</summary>
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (writers.Find(Person) is not { } writer)
        {
            context.Result = NotFound();
            return;
        }

        Writer = writer;
        if (await IsThereAsync(HttpContext.RequestAborted))
        {
            await next();
        }
        else
        {
            context.Result = NotFound();
        }
    }

    public string When(DateTimeOffset time) => LocalTime.Of(time, Person.TimeZone).ToString("f", CultureInfo.CurrentCulture);

    /// <summary>Of a page about one announcement: reads it, if this writer reaches it.</summary>
    protected virtual Task<bool> IsThereAsync(CancellationToken cancellationToken) => Task.FromResult(true);
}
