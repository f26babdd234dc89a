using System.Globalization;
using Cardea.Data;
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
public sealed class IndexModel(AppDbContext db, PolicyBook policies, TimeProvider clock, IStringLocalizer<Words> words) : PageModel
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public SignedInPerson Person => HttpContext.RequiredPerson;

    public IReadOnlyList<DueSoon> DueSoon { get; private set; } = [];

    public bool MayView { get; private set; }

    public bool MayEdit { get; private set; }

    /// <summary>For people who lack edit access (S2-02); empty means the help desk.</summary>
    public IReadOnlyList<Contact> Administrators { get; private set; } = [];

    public bool LacksAgreement => Person.Standing.UserAgreement is null && Person.Standing.Roles.HasFlag(Roles.RegistryOperator)
        && policies.For(Person.OrganizationId).AgreementsAreAsked;

    /// <summary>S1-01: of the own organization, where the policy leaves it to organizations.</summary>
    public bool DecidesAboutSecondFactors => Person.Standing.Roles.HasFlag(Roles.Administrator)
        && policies.For(Person.OrganizationId).SecondFactors.Scope is SecondFactorScope.ByOrganization;

    public bool ManagesPeople => PermissionRules.ManagesPeople(Person.Standing.Roles);

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
        if (!MayEdit)
        {
            Administrators = await db.Memberships.AsNoTracking()
                .Where(m => m.OrganizationId == Person.OrganizationId && m.AccountId != Person.AccountId
                    && (m.Roles & Roles.Administrator) != 0 && m.Account!.DisabledAt == null)
                .OrderBy(m => m.Account!.FamilyName)
                .Select(m => new Contact(m.Account!.GivenName + " " + m.Account.FamilyName, m.Account.Email))
                .ToListAsync(cancellationToken);
        }
    }

    /// <summary>A password expires on a day; everything else is to be done by one.</summary>
    public string When(DueSoon due) =>
        words[due.Kind is DueSoonKind.Password ? "DueOn" : "DueBy", LocalTime.Of(due.At, Person.TimeZone).ToString("D", CultureInfo.CurrentCulture)];

    public sealed record Contact(string Name, string? Email);
}
