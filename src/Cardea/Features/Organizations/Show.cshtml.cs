using System.Globalization;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Messages.Texts;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Policies;
using Cardea.Rules.Organizations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Organizations;

/// <summary>The parent or a part of an organization.</summary>
public sealed record Relative(Guid Id, string Code, string Name);

/// <summary>One organization and its people in figures: for whoever manages organizations, and, to be read, for its own administrators.</summary>
public sealed class ShowModel(
    AppDbContext db,
    PolicyBook policies,
    CountPeople people,
    IOptions<OrganizationSettings> settings,
    IOptions<TextSettings> texts,
    TimeProvider clock,
    IStringLocalizer<Words> words,
    IStringLocalizer<Shared.Words> sharedWords) : PageModel
{
    private const int MostParts = 20;

    /// <summary>What a page from which one comes here has done.</summary>
    private static readonly IReadOnlyList<string> Deeds = ["Created", "Saved", "Code", "Deactivated", "Reactivated"];

    public Guid Id { get; private set; }

    public OrganizationDetails OnFile { get; private set; } = null!;

    public DateTimeOffset? DeactivatedAt { get; private set; }

    public Relative? Parent { get; private set; }

    public IReadOnlyList<Relative> Parts { get; private set; } = [];

    public int FurtherParts { get; private set; }

    /// <summary>Each with the word for it.</summary>
    public IReadOnlyList<(string Word, int Count)> Figures { get; private set; } = [];

    public string? Done { get; private set; }

    public bool MayManage => policies.MayManageOrganizations(Person);

    public bool IsOwn => Id == Person.OrganizationId;

    public DataUseAgreementState Agreement =>
        DataUseAgreementRules.Decide(OnFile.AgreementUntil, DateOnly.FromDateTime(LocalTime.Of(clock.Now, Person.TimeZone).DateTime), settings.Value.AgreementNoticeBefore.Days);

    public string TimeZone => OfferedTimeZones.NameOf(OnFile.TimeZone, sharedWords);

    public string? Language => Languages.Offered.Where(language => language.Code == OnFile.Language).Select(language => language.Name).FirstOrDefault();

    public string? HelpPhone => OnFile.HelpPhone is { } kept ? WorkPhone.Grouped(kept, texts.Value.AllowedCountries[0]) : null;

    public string Period => (OnFile.AgreementFrom, OnFile.AgreementUntil) switch
    {
        (null, null) => words["None"],
        ({ } from, null) => words["PeriodOpen", $"{from:d}"],
        (null, { } until) => words["AgreementRuns", $"{until:d}"],
        ({ } from, { } until) => words["Period", $"{from:d}", $"{until:d}"],
    };

    private SignedInPerson Person => HttpContext.RequiredPerson;

    public static string PathOf(Guid id) => $"{IndexModel.Path}/{id}";

    public static string PathOf(Guid id, string done) => $"{PathOf(id)}?done={done}";

    public async Task<IActionResult> OnGetAsync(Guid id, string? done, CancellationToken cancellationToken)
    {
        if (!policies.MaySeeOrganization(Person, id) || await db.FindOrganizationDetailsAsync(id, cancellationToken) is not { } onFile)
        {
            return NotFound();
        }

        (Id, OnFile, Done) = (id, onFile, Deeds.FirstOrDefault(deed => deed == done));
        var kept = await db.Organizations
            .Where(o => o.Id == id)
            .Select(o => new
            {
                o.DeactivatedAt,
                Parent = db.Organizations.Where(parent => parent.Id == o.ParentId).Select(parent => new Relative(parent.Id, parent.Code, parent.Name)).FirstOrDefault(),
                Parts = db.Organizations.Count(part => part.ParentId == id),
            })
            .SingleAsync(cancellationToken);
        (DeactivatedAt, Parent) = (kept.DeactivatedAt is { } at ? LocalTime.Of(at, Person.TimeZone) : null, kept.Parent);
        Parts = kept.Parts == 0 ? [] : await db.Organizations
            .Where(o => o.ParentId == id).OrderBy(o => o.Code).Take(MostParts)
            .Select(o => new Relative(o.Id, o.Code, o.Name)).ToListAsync(cancellationToken);
        FurtherParts = kept.Parts - Parts.Count;
        Figures = [.. Named(await people.RunAsync(id, onFile.TimeZone, cancellationToken))];
        return Page();
    }

    private static IEnumerable<(string Word, int Count)> Named(PeopleInFigures figures) =>
        from figure in new (string Word, int? Count)[]
        {
            ("All", figures.All),
            ("SignedIn", figures.SignedInThisMonth),
            ("Locked", figures.LockedNow),
            ("Expires", figures.PasswordExpires),
            ("WithoutFactor", figures.WithoutSecondFactor),
            ("Inactive", figures.Inactive),
            ("Disabled", figures.Disabled),
        }
        where figure.Count is not null
        select (figure.Word, figure.Count!.Value);
}
