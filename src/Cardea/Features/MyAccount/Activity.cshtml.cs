using System.Globalization;
using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.MyAccount;

/// <summary>What was done with the account, by whom and from where, in plain words.</summary>
public sealed class ActivityModel(AppDbContext db, IStringLocalizer<Words> words, IStringLocalizer<Messages.Words> mailWords) : PageModel
{
    private const int PageSize = 25;

    /// <summary>The entry that the page before ended with. One of somebody else's leads to the first page.</summary>
    [FromQuery(Name = "before")]
    public Guid? Before { get; set; }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<Line> Lines { get; private set; } = [];

    /// <summary>Null on the last page.</summary>
    public Guid? OlderThan { get; private set; }

    private SignedInPerson Person => HttpContext.RequiredPerson;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var theirs = db.AuditEntries.AsNoTracking()
            .Where(entry => entry.SubjectId == Person.AccountId && !ActivityWords.NotShown.Contains(entry.Name));
        var last = Before is { } id ? await theirs.Where(entry => entry.Id == id).Select(entry => new { entry.At, entry.Id }).SingleOrDefaultAsync(cancellationToken) : null;
        Before = last?.Id;
        var entries = await theirs
            .Where(entry => last == null || entry.At < last.At || (entry.At == last.At && entry.Id < last.Id))
            .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id)
            .Take(PageSize + 1)
            .ToListAsync(cancellationToken);
        OlderThan = entries.Count > PageSize ? entries[PageSize - 1].Id : null;
        var shown = entries.Take(PageSize).ToList();
        var names = await NamesOfOthersAsync(shown, cancellationToken);
        Lines =
        [
            .. from entry in shown
               let what = ActivityWords.Of(entry, words, mailWords)
               where what is not null
               select new Line(what, LocalTime.Of(entry.At, Person.TimeZone).ToString("f", CultureInfo.CurrentCulture), WhoOf(entry, names), AddressOf(entry)),
        ];
    }

    /// <summary>Those who have acted on the account and are not its owner.</summary>
    private async Task<IReadOnlyDictionary<string, string>> NamesOfOthersAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        var others = entries
            .Where(IsOfSomebodyElse)
            .Select(entry => Guid.Parse(entry.ActorId!)).Distinct().ToList();
        return others.Count == 0
            ? new Dictionary<string, string>()
            : await db.Accounts.Where(account => others.Contains(account.Id))
                .ToDictionaryAsync(account => account.Id.ToString(), account => account.GivenName + " " + account.FamilyName, cancellationToken);
    }

    /// <summary>Null where the sentence has said it: the owner, or somebody who was not signed in.</summary>
    private string? WhoOf(AuditEntry entry, IReadOnlyDictionary<string, string> names) => entry.ActorKind switch
    {
        ActorKind.Person when !IsOfSomebodyElse(entry) => null,
        ActorKind.Person => names.TryGetValue(entry.ActorId!, out var name) ? words["ByPerson", name].Value : words["BySomebodyElse"].Value,
        ActorKind.CommandLine => words["ByCommandLine"].Value,
        ActorKind.System => words["BySystem"].Value,
        ActorKind.Anonymous => null,
    };

    /// <summary>From where the owner, or a stranger, came. Where those are who help is theirs.</summary>
    private string? AddressOf(AuditEntry entry) => IsOfSomebodyElse(entry) ? null : entry.Address;

    private bool IsOfSomebodyElse(AuditEntry entry) => entry.ActorKind is ActorKind.Person && entry.ActorId != Person.AccountId.ToString();

    public sealed record Line(string What, string When, string? Who, string? Address);
}
