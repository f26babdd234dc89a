using System.Globalization;
using Cardea.Data;
using Cardea.Features.SecondFactors.Security;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Policies;
using Cardea.Rules.Sessions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.MyAccount;

/// <summary>Where the person is signed in, and a way to end it there (V7.5.2).</summary>
[SignedInRecently]
public sealed class SessionsModel(AppDbContext db, EndOtherSessions end, PolicyBook policies, TimeProvider clock) : PageModel, IShownAgain
{
    public const string Path = "/account/sessions";

    [FromQuery(Name = "ended")]
    public bool WereEnded { get; set; }

    /// <summary>The one at hand first, then the newest.</summary>
    public IReadOnlyList<OpenSession> Sessions { get; private set; } = [];

    private SignedInPerson Person => HttpContext.RequiredPerson;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var (now, policy) = (clock.Now, policies.For(Person.OrganizationId).Sessions);
        var (idleSince, startedBefore, passwordSetAt) = (now - policy.Idle, now - policy.Whole, Person.Standing.PasswordSetAt);
        Sessions = await db.Sessions.AsNoTracking()
            .Where(session => session.AccountId == Person.AccountId && session.EndedAt == null && session.CompletedAt != null)
            .Where(session => session.LastSeenAt > idleSince && session.StartedAt > startedBefore && session.PasswordSetAt == passwordSetAt)
            .OrderByDescending(session => session.Id == Person.SessionId).ThenByDescending(session => session.StartedAt)
            .Select(session => new OpenSession(
                session.Id, session.Id == Person.SessionId, session.StartedAt, session.LastSeenAt, session.Address, session.UserAgent))
            .ToListAsync(cancellationToken);
    }

    public Task OnGetAsync(CancellationToken cancellationToken) => PrepareAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync([FromForm(Name = "session")] Guid? session, CancellationToken cancellationToken)
    {
        await end.RunAsync(Person, session, cancellationToken);
        return Redirect($"{Path}?ended=true");
    }

    public string When(DateTimeOffset at) => LocalTime.Of(at, Person.TimeZone).ToString("f", CultureInfo.CurrentCulture);

    public sealed record OpenSession(Guid Id, bool IsThis, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, string Address, string UserAgent)
    {
        public string Browser => BrowserName.Of(UserAgent);
    }
}
