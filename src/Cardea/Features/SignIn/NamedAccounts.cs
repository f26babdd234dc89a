using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Cardea.Policies;
using Cardea.Rules.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SignIn;

/// <summary>The account behind a typed name, with all that a sign-in asks about it.</summary>
public sealed record NamedAccount
{
    public required Standing Standing { get; init; }

    public required string? PasswordHash { get; init; }

    public required string? Email { get; init; }

    public required string DisplayName { get; init; }

    public required string? Language { get; init; }

    public required DateTimeOffset? LastSignInCompletedAt { get; init; }

    public required string? LastSignInFrom { get; init; }

    public required bool IsKnownDevice { get; init; }

    /// <summary>The live session that this very form has made already (S0-04).</summary>
    public required Guid? SessionOfForm { get; init; }
}

public sealed class NamedAccounts(AppDbContext db, TimeProvider clock)
{
    /// <summary>One statement, for names that exist and names that do not.</summary>
    public Task<NamedAccount?> FindAsync(SignInRequest request, Policy policy, CancellationToken cancellationToken)
    {
        var formHash = Secrets.Hash(request.FormId);
        var deviceHash = request.DeviceSecret is null ? null : Secrets.Hash(request.DeviceSecret);
        var now = clock.Now;
        var (idleSince, startedBefore) = (now - policy.Sessions.Idle, now - policy.Sessions.Whole);
        return Named(request, policy.Identifier).AsNoTracking()
            .Join(
                db.Memberships.Select(Standing.From(db)),
                name => new { name.AccountId, OrganizationId = name.Account!.HomeOrganizationId },
                standing => new { standing.AccountId, standing.OrganizationId },
                (name, standing) => new NamedAccount
                {
                    Standing = standing,
                    PasswordHash = name.Account!.PasswordHash,
                    Email = name.Account.Email,
                    DisplayName = name.Account.GivenName + " " + name.Account.FamilyName,
                    Language = name.Account.Language,
                    LastSignInCompletedAt = db.AccountActivity
                        .Where(a => a.AccountId == name.AccountId).Select(a => a.LastSignInCompletedAt).FirstOrDefault(),
                    LastSignInFrom = db.AccountActivity.Where(a => a.AccountId == name.AccountId).Select(a => a.LastSignInFrom).FirstOrDefault(),
                    IsKnownDevice = deviceHash != null
                        && db.Sessions.Any(s => s.AccountId == name.AccountId && s.DeviceHash == deviceHash && s.CompletedAt != null),
                    SessionOfForm = db.Sessions
                        .Where(s => s.AccountId == name.AccountId && s.FormHash == formHash)
                        .Where(s => s.LastSeenAt > idleSince && s.StartedAt > startedBefore && s.PasswordSetAt == name.Account.PasswordSetAt)
                        .Select(s => (Guid?)s.Id).FirstOrDefault(),
                })
            .SingleOrDefaultAsync(cancellationToken);
    }

    private IQueryable<SignInName> Named(SignInRequest request, IdentifierKind identifier)
    {
        var kept = SignInName.Kept(identifier, request.Name);
        if (identifier is IdentifierKind.OrganizationCodeAndUsername)
        {
            return db.SignInNames.Where(name => name.Name == kept && db.Organizations.Any(o => o.Id == name.Scope && o.Code == request.OrganizationCode));
        }

        var scope = SignInName.ScopeOf(identifier, organizationId: default);
        return db.SignInNames.Where(name => name.Scope == scope && name.Name == kept);
    }
}
