using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Organizations;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cardea.Features.AccessReview;

/// <summary>Somebody whose access nobody has confirmed for a year, or as long as the setting says.</summary>
/// <param name="Since">When it was last confirmed, or given.</param>
public sealed record Unconfirmed(Guid AccountId, string DisplayName, string SignInName, Roles Roles, DateTimeOffset Since, DateTimeOffset? LastSignInAt);

/// <summary>Finds them, for the page and for the job.</summary>
public sealed class UnconfirmedAccess(AppDbContext db, IOptions<AccessReviewSettings> settings, TimeProvider clock)
{
    public IQueryable<Membership> Due() => ConfirmedUntil(AccessReviewRules.ConfirmedUntil(settings.Value.Every, clock.Now));

    /// <summary>Nobody, where the policy lets none end.</summary>
    public IQueryable<Membership> Over() => settings.Value.EndsAfter is { } grace
        ? ConfirmedUntil(AccessReviewRules.EndsWhenConfirmedUntil(settings.Value.Every, grace, clock.Now))
        : db.Memberships.Where(_ => false);

    public IQueryable<Unconfirmed> Read(IQueryable<Membership> memberships) => memberships.Select(m => new Unconfirmed(
        m.AccountId,
        m.Account!.GivenName + " " + m.Account.FamilyName,
        db.SignInNames
            .Where(name => name.AccountId == m.AccountId
                && (name.Scope == m.OrganizationId || name.Scope == SignInName.AllUsernames || name.Scope == SignInName.AllEmailAddresses))
            .Select(name => name.Name).FirstOrDefault() ?? "",
        m.Roles,
        m.ConfirmedAt ?? m.Account.CreatedAt,
        db.AccountActivity.Where(a => a.AccountId == m.AccountId).Select(a => a.LastSignInCompletedAt).FirstOrDefault()));

    /// <summary>In their home organization: whoever is disabled has no access that anybody would have to confirm.</summary>
    private IQueryable<Membership> ConfirmedUntil(DateTimeOffset time) => db.Memberships.AsNoTracking()
        .Where(m => m.OrganizationId == m.Account!.HomeOrganizationId && m.Account.Audience == Audience.Staff && m.Account.DisabledAt == null
            && (m.ConfirmedAt ?? m.Account.CreatedAt) <= time);
}
