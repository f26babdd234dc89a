using System.Globalization;
using Cardea.Data;
using Cardea.Features.Announcements;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Policies;
using Cardea.Rules.Lifecycle;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Dashboard;

/// <summary>My Dashboard: where a sign-in ends and the day begins (S2-14).</summary>
public sealed class IndexModel(
    AppDbContext db, PolicyBook policies, AnnouncementWriters writers, TimeProvider clock, IStringLocalizer<Words> words) : PageModel
{
    /// <summary>The others are a click away.</summary>
    private const int MostAnnouncements = 5;

    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public SignedInPerson Person => HttpContext.RequiredPerson;

    public IReadOnlyList<DueSoon> DueSoon { get; private set; } = [];

    public bool MayView { get; private set; }

    public bool MayEdit { get; private set; }

    /// <summary>For people who lack edit access (S2-02); empty means the help desk.</summary>
    public IReadOnlyList<Contact> Administrators { get; private set; } = [];

    public IReadOnlyList<Told> Announcements { get; private set; } = [];

    public bool MayAnnounce => writers.Find(Person) is not null;

    public bool LacksAgreement => Person.Standing.UserAgreement is null && Person.Standing.Roles.HasFlag(Roles.RegistryOperator)
        && policies.For(Person.OrganizationId).AgreementsAreAsked;

    /// <summary>S1-01: of the own organization, where the policy leaves it to organizations.</summary>
    public bool DecidesAboutSecondFactors => Person.Standing.Roles.HasFlag(Roles.Administrator)
        && policies.For(Person.OrganizationId).SecondFactors.Scope is SecondFactorScope.ByOrganization;

    public bool ManagesPeople => PermissionRules.ManagesPeople(Person.Standing.Roles);

    public bool ManagesOrganizations { get; private set; }

    /// <summary>The own one, of whose people somebody takes care.</summary>
    public bool SeesOwnOrganization { get; private set; }

    public string LastSignIn => Person.PreviousSignInAt is { } at
        ? words["LastSignInAtFrom", LocalTime.Of(at, Person.TimeZone).ToString("f", CultureInfo.CurrentCulture), Person.PreviousSignInFrom ?? "–"]
        : words["FirstSignIn"];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var policy = policies.For(Person.OrganizationId);
        var standing = Person.Standing;
        DueSoon = DueSoonRules.Within(
            Soon,
            clock.Now,
            policy.AgreementsAreAsked ? standing.UserAgreementAcceptedAt : null,
            policy.AgreementsAreAsked && ManagesPeople ? standing.AdministratorAgreementAcceptedAt : null,
            policy.AgreementsRenewedEvery,
            policy.EmailIsConfirmed ? standing.EmailConfirmedAt : null,
            policy.EmailReconfirmedEvery,
            standing.PasswordSetAt,
            policy.Passwords.ExpiresAfter);

        var permissions = PermissionRules.For(standing.Roles, Person.OrganizationType, policy.Grants);
        MayView = permissions.Contains(PermissionRules.ClientView);
        MayEdit = permissions.Contains(PermissionRules.ClientEdit);
        ManagesOrganizations = permissions.Contains(PermissionRules.OrganizationsManage);
        SeesOwnOrganization = !ManagesOrganizations && AdministrationRules.ReachOf(permissions) is Reach.OwnOrganization;
        await ReadAsync(clock.Now, cancellationToken);
    }

    /// <summary>A password expires on a day; everything else is to be done by one.</summary>
    public string When(DueSoon due) =>
        words[due.Kind is DueSoonKind.Password ? "DueOn" : "DueBy", LocalTime.Of(due.At, Person.TimeZone).ToString("D", CultureInfo.CurrentCulture)];

    /// <summary>Whom to ask and what was announced in one statement: the page may ask three times at most, and the session has asked twice.</summary>
    private async Task ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (person, lacksEdit) = (Person, !MayEdit);
        var administrators = db.Memberships
            .Where(m => lacksEdit && m.OrganizationId == person.OrganizationId && m.AccountId != person.AccountId
                && (m.Roles & Roles.Administrator) != 0 && m.Account!.DisabledAt == null)
            .Select(m => new Line { Id = null, From = null, IsRead = false, Text = m.Account!.FamilyName + "", Detail = m.Account.GivenName + "", Email = m.Account.Email });
        var announcements = db.Announcements.ShownTo(person, now)
            .AsReadBy(db, person, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName)
            .Select(a => new Line { Id = a.Id, From = a.From, IsRead = a.IsRead, Text = a.Title + "", Detail = a.Language + "", Email = null });

        var lines = await announcements.Concat(administrators).ToListAsync(cancellationToken);   // the first says how a time is stored

        Administrators = [.. lines.Where(line => line.Id is null).OrderBy(line => line.Text).Select(line => new Contact($"{line.Detail} {line.Text}", line.Email))];
        Announcements =
        [
            .. lines.Where(line => line.Id is not null).OrderBy(line => line.IsRead).ThenByDescending(line => line.From)
                .Take(MostAnnouncements).Select(line => new Told(line.Id!.Value, line.IsRead, line.Detail, line.Text)),
        ];
    }

    public sealed record Contact(string Name, string? Email);

    /// <param name="Language">Of the title.</param>
    public sealed record Told(Guid Id, bool IsRead, string Language, string Title);

    /// <summary>An administrator, or an announcement with its title and language. Texts are added to nothing: columns of two widths cannot be one.</summary>
    private sealed record Line
    {
        public required Guid? Id { get; init; }

        public required DateTimeOffset? From { get; init; }

        public required bool IsRead { get; init; }

        public required string Text { get; init; }

        public required string Detail { get; init; }

        public required string? Email { get; init; }
    }
}
