using System.Linq.Expressions;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Organizations;
using Cardea.Rules.Agreements;
using Cardea.Rules.Passwords;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;

namespace Cardea.Features.SignIn.Journey;

/// <summary>The facts about a person in an organization from which everything that is due is computed, read in one statement.</summary>
public sealed record Standing
{
    public required Guid AccountId { get; init; }

    public required Guid OrganizationId { get; init; }

    public required Audience Audience { get; init; }

    public required Roles Roles { get; init; }

    public required bool AccountIsDisabled { get; init; }

    /// <summary>The one at hand, or the home organization, which manages the credentials.</summary>
    public required bool OrganizationIsDeactivated { get; init; }

    /// <summary>Nothing opens for them; which of the two it is, is nobody's business at the door (S0-05).</summary>
    public bool IsDisabled => AccountIsDisabled || OrganizationIsDeactivated;

    /// <summary>Not used for too long (S2-18).</summary>
    public required bool IsInactive { get; init; }

    public required DateTimeOffset PasswordSetAt { get; init; }

    public required bool PasswordIsTemporary { get; init; }

    /// <summary>See <see cref="Account.PasswordCompromisedAt"/>.</summary>
    public required bool PasswordIsCompromised { get; init; }

    public required DateTimeOffset? EmailConfirmedAt { get; init; }

    public required Guid? UserAgreement { get; init; }

    public required Guid? AcceptedUserAgreement { get; init; }

    public required DateTimeOffset? UserAgreementAcceptedAt { get; init; }

    public required Guid? AdministratorAgreement { get; init; }

    public required Guid? AcceptedAdministratorAgreement { get; init; }

    public required DateTimeOffset? AdministratorAgreementAcceptedAt { get; init; }

    public required int AnswersOnFile { get; init; }

    public required bool SecondFactorRequired { get; init; }

    public required FactorKinds EnrolledFactors { get; init; }

    public required OrganizationMethod? OrganizationMethod { get; init; }

    public required int OrganizationRememberDays { get; init; }

    public required DateTimeOffset OrganizationAsksFrom { get; init; }

    public required DateTimeOffset OrganizationFactorsChangedAt { get; init; }

    /// <summary>The same of the home organization, which is another one for whoever works for a further one: the stricter holds.</summary>
    public required OrganizationMethod? HomeMethod { get; init; }

    public required int HomeRememberDays { get; init; }

    public required DateTimeOffset HomeAsksFrom { get; init; }

    public required DateTimeOffset HomeFactorsChangedAt { get; init; }

    /// <summary>What the account opens elsewhere is no less worth protecting .</summary>
    public required Roles HomeRoles { get; init; }

    /// <summary>In the session at hand, or on this device within the days for which it is remembered. No fact about the person, so no database is asked for it.</summary>
    public bool SecondFactorIsProven { get; init; }

    /// <summary>The person works for several organizations, and has not said yet for which one in the session at hand. Known to the session alone, too.</summary>
    public bool OrganizationIsOpen { get; init; }

    public PasswordFacts PasswordFacts => new(PasswordSetAt, PasswordIsTemporary, PasswordIsCompromised);

    public SecondFactorFacts SecondFactorFacts => new(
        Roles | HomeRoles,
        SecondFactorRequired,
        EnrolledFactors,
        OrganizationMethod is { } method ? new(method, OrganizationRememberDays, OrganizationAsksFrom, OrganizationFactorsChangedAt) : null)
    {
        HomeOrganization = HomeMethod is { } home ? new(home, HomeRememberDays, HomeAsksFrom, HomeFactorsChangedAt) : null,
    };

    /// <summary>A member's, in a query into which <see cref="Part"/> is put.</summary>
    public static Standing Of(AppDbContext db, Membership membership) => throw new InvalidOperationException("This only says where the part goes.");

    public static Part Part { get; } = new(((Func<AppDbContext, Membership, Standing>)Of).Method, InFull());

    /// <summary>
    /// Scalar subqueries throughout: both databases answer them from an index. Whoever wants more of the account or the organization reads it
    /// through this membership, too: each table that is joined once more doubles the time for which PostgreSQL looks for the best order.
    /// </summary>
    private static Expression<Func<AppDbContext, Membership, Standing>> InFull() => (db, membership) => new Standing
    {
        AccountId = membership.AccountId,
        OrganizationId = membership.OrganizationId,
        Audience = membership.Account!.Audience,
        Roles = membership.Roles,
        AccountIsDisabled = membership.Account.DisabledAt != null,
        OrganizationIsDeactivated = membership.Organization!.DeactivatedAt != null
            || db.Organizations.Any(o => o.Id == membership.Account.HomeOrganizationId && o.DeactivatedAt != null),
        IsInactive = membership.Account.InactivatedAt != null,
        PasswordSetAt = membership.Account.PasswordSetAt,
        PasswordIsTemporary = membership.Account.PasswordIsTemporary,
        PasswordIsCompromised = membership.Account.PasswordCompromisedAt != null,
        EmailConfirmedAt = membership.Account.EmailConfirmedAt,
        UserAgreement = db.AgreementVersions
            .Where(v => v.Kind == AgreementKind.User).OrderByDescending(v => v.Number).Select(v => (Guid?)v.Id).FirstOrDefault(),
        AcceptedUserAgreement = db.AgreementAcceptances
            .Where(a => a.AccountId == membership.AccountId && a.Kind == AgreementKind.User)
            .OrderByDescending(a => a.At).Select(a => (Guid?)a.VersionId).FirstOrDefault(),
        UserAgreementAcceptedAt = db.AgreementAcceptances
            .Where(a => a.AccountId == membership.AccountId && a.Kind == AgreementKind.User)
            .OrderByDescending(a => a.At).Select(a => (DateTimeOffset?)a.At).FirstOrDefault(),
        AdministratorAgreement = db.AgreementVersions
            .Where(v => v.Kind == AgreementKind.Administrator).OrderByDescending(v => v.Number).Select(v => (Guid?)v.Id).FirstOrDefault(),
        AcceptedAdministratorAgreement = db.AgreementAcceptances
            .Where(a => a.AccountId == membership.AccountId && a.Kind == AgreementKind.Administrator)
            .OrderByDescending(a => a.At).Select(a => (Guid?)a.VersionId).FirstOrDefault(),
        AdministratorAgreementAcceptedAt = db.AgreementAcceptances
            .Where(a => a.AccountId == membership.AccountId && a.Kind == AgreementKind.Administrator)
            .OrderByDescending(a => a.At).Select(a => (DateTimeOffset?)a.At).FirstOrDefault(),
        AnswersOnFile = db.SecurityAnswers.Count(a => a.AccountId == membership.AccountId),
        SecondFactorRequired = membership.Account.SecondFactorRequired,
        OrganizationMethod = (OrganizationMethod?)membership.Organization.FactorSetting!.Method,
        OrganizationRememberDays = (int?)membership.Organization.FactorSetting.RememberDays ?? 0,
        OrganizationAsksFrom = (DateTimeOffset?)membership.Organization.FactorSetting.From ?? DateTimeOffset.UnixEpoch,
        OrganizationFactorsChangedAt = (DateTimeOffset?)membership.Organization.FactorSetting.ChangedAt ?? DateTimeOffset.UnixEpoch,
        HomeMethod = db.OrganizationFactorSettings.Where(s => s.OrganizationId == membership.Account.HomeOrganizationId)
            .Select(s => (OrganizationMethod?)s.Method).FirstOrDefault(),
        HomeRememberDays = db.OrganizationFactorSettings.Where(s => s.OrganizationId == membership.Account.HomeOrganizationId)
            .Select(s => (int?)s.RememberDays).FirstOrDefault() ?? 0,
        HomeAsksFrom = db.OrganizationFactorSettings.Where(s => s.OrganizationId == membership.Account.HomeOrganizationId)
            .Select(s => (DateTimeOffset?)s.From).FirstOrDefault() ?? DateTimeOffset.UnixEpoch,
        HomeFactorsChangedAt = db.OrganizationFactorSettings.Where(s => s.OrganizationId == membership.Account.HomeOrganizationId)
            .Select(s => (DateTimeOffset?)s.ChangedAt).FirstOrDefault() ?? DateTimeOffset.UnixEpoch,
        HomeRoles = db.Memberships.Where(m => m.AccountId == membership.AccountId && m.OrganizationId == membership.Account.HomeOrganizationId)
            .Select(m => m.Roles).FirstOrDefault(),
        EnrolledFactors = (FactorKinds)db.Factors
            .Where(f => f.AccountId == membership.AccountId && f.RemovedAt == null).Select(f => (int)f.Kind).Distinct().Sum(),
    };
}
