using System.Linq.Expressions;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Cardea.Policies;
using Cardea.Rules.Recovery;
using Cardea.Rules.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SignIn;

/// <summary>The account behind a typed name, with all that a sign-in asks about it.</summary>
public sealed record NamedAccount
{
    public required Standing Standing { get; init; }

    /// <summary>And has not said for which one, by typing its code. Nobody is asked who has only one to choose.</summary>
    public required bool WorksForSeveral { get; init; }

    public required string? PasswordHash { get; init; }

    public required string? Email { get; init; }

    public required string DisplayName { get; init; }

    public required string? Language { get; init; }

    public required DateTimeOffset? LastSignInCompletedAt { get; init; }

    public required string? LastSignInFrom { get; init; }

    public required bool IsKnownDevice { get; init; }

    /// <summary>By this browser the present password was set, by a reset link (S0-08): it is no known device yet, but guesses of strangers do not keep its owner out.</summary>
    public required bool HasResetHere { get; init; }

    /// <summary>In a row, to security questions: see <see cref="RecoveryRules.IsHardLocked"/>.</summary>
    public required int WrongAnswers { get; init; }

    /// <summary>This very browser, when its owner was not to be asked for a second factor for some days (S1-08). Whether that still holds is a rule.</summary>
    public required Guid? RememberedDevice { get; init; }

    public required DateTimeOffset? RememberedAt { get; init; }

    /// <summary>
    /// The live session that this very form has made already (S0-04). None in which more was proven than the password is: whoever left the form
    /// open on a shared computer knows its id.
    /// </summary>
    public required Guid? SessionOfForm { get; init; }
}

public sealed class NamedAccounts(AppDbContext db, TranslatedQueries queries, TimeProvider clock)
{
    /// <summary>
    /// One statement, for names that exist and names that do not. Whoever types the code of an organization works for that one, at home or not; else, at first,
    /// for their home organization.
    /// </summary>
    public Task<NamedAccount?> FindAsync(SignInRequest request, Policy policy, CancellationToken cancellationToken)
    {
        var identifier = SignInName.IdentifierFor(request.Audience, policy.Identifier);
        var isWithinOrganization = identifier is IdentifierKind.OrganizationCodeAndUsername;
        var now = clock.Now;
        return queries.Get(AccountByName)(
            db,
            isWithinOrganization ? request.OrganizationCode : null,
            isWithinOrganization ? Guid.Empty : SignInName.ScopeOf(request.Audience, identifier, organizationId: default),
            SignInName.Kept(identifier, request.Name),
            Secrets.Hash(request.FormId),
            request.DeviceSecret is null ? null : Secrets.Hash(request.DeviceSecret),
            request.RememberedSecret is null ? null : Secrets.Hash(request.RememberedSecret),
            now - policy.Sessions.Idle,
            now - policy.Sessions.Whole,
            cancellationToken);
    }

    /// <summary>Whose passkey was shown: nothing was typed, and nothing of the browser but the passkey counts.</summary>
    public Task<NamedAccount?> FindAsync(Guid accountId, string? deviceSecret, CancellationToken cancellationToken) =>
        queries.Get(AccountById)(db, accountId, deviceSecret is null ? null : Secrets.Hash(deviceSecret), cancellationToken);

    private static Func<AppDbContext, Guid, byte[]?, CancellationToken, Task<NamedAccount?>> AccountById()
    {
        Expression<Func<AppDbContext, Guid, byte[]?, CancellationToken, NamedAccount?>> query = (db, accountId, deviceHash, cancellationToken) => db.Memberships.AsNoTracking()
            .Where(membership => membership.AccountId == accountId && membership.OrganizationId == membership.Account!.HomeOrganizationId)
            .Select(membership => new NamedAccount
            {
                Standing = Standing.Of(db, membership),
                WorksForSeveral = db.Memberships.Any(m => m.AccountId == accountId && m.OrganizationId != membership.OrganizationId
                    && db.Organizations.Any(o => o.Id == m.OrganizationId && o.DeactivatedAt == null)),
                PasswordHash = null,
                Email = membership.Account!.Email,
                DisplayName = membership.Account.GivenName + " " + membership.Account.FamilyName,
                Language = membership.Account.Language,
                LastSignInCompletedAt = db.AccountActivity
                    .Where(a => a.AccountId == accountId).Select(a => a.LastSignInCompletedAt).FirstOrDefault(),
                LastSignInFrom = db.AccountActivity.Where(a => a.AccountId == accountId).Select(a => a.LastSignInFrom).FirstOrDefault(),
                IsKnownDevice = deviceHash != null
                    && db.Sessions.Any(s => s.AccountId == accountId && s.DeviceHash == deviceHash && s.CompletedAt != null),
                HasResetHere = false,   // of no use: a passkey passes every lock of guesses
                WrongAnswers = db.AnswerTries.Where(t => t.AccountId == accountId).Select(t => t.Wrong).FirstOrDefault(),
                RememberedDevice = null,
                RememberedAt = null,
                SessionOfForm = null,
            })
            .SingleOrDefault();
        return EF.CompileAsyncQuery(Standing.Part.PutInto(query));
    }

    private static AccountByNameQuery AccountByName()
    {
        Expression<Func<AppDbContext, string?, Guid, string, byte[], byte[]?, byte[]?, DateTimeOffset, DateTimeOffset, CancellationToken, NamedAccount?>> query = (
            db, organizationCode, scope, typed, formHash, deviceHash, rememberedHash, idleSince, startedBefore, cancellationToken) => (
            from name in db.SignInNames.AsNoTracking()
            where name.Name == typed && name.Scope
                == (db.Organizations.Where(o => o.Code == organizationCode).Select(o => (Guid?)o.Id).FirstOrDefault() ?? scope)
            join membership in db.Memberships on name.AccountId equals membership.AccountId
            where membership.OrganizationId == (organizationCode == null ? membership.Account!.HomeOrganizationId : name.Scope)
            select new NamedAccount
            {
                Standing = Standing.Of(db, membership),
                WorksForSeveral = organizationCode == null && db.Memberships.Any(m => m.AccountId == name.AccountId && m.OrganizationId != membership.OrganizationId
                    && db.Organizations.Any(o => o.Id == m.OrganizationId && o.DeactivatedAt == null)),
                PasswordHash = membership.Account!.PasswordHash,
                Email = membership.Account.Email,
                DisplayName = membership.Account.GivenName + " " + membership.Account.FamilyName,
                Language = membership.Account.Language,
                LastSignInCompletedAt = db.AccountActivity
                    .Where(a => a.AccountId == name.AccountId).Select(a => a.LastSignInCompletedAt).FirstOrDefault(),
                LastSignInFrom = db.AccountActivity.Where(a => a.AccountId == name.AccountId).Select(a => a.LastSignInFrom).FirstOrDefault(),
                IsKnownDevice = deviceHash != null
                    && db.Sessions.Any(s => s.AccountId == name.AccountId && s.DeviceHash == deviceHash && s.CompletedAt != null),
                HasResetHere = deviceHash != null && db.ResetLinks.Any(
                    l => l.AccountId == name.AccountId && l.DeviceHash == deviceHash && l.UsedAt == membership.Account.PasswordSetAt),
                WrongAnswers = db.AnswerTries.Where(t => t.AccountId == name.AccountId).Select(t => t.Wrong).FirstOrDefault(),
                RememberedDevice = db.RememberedDevices
                    .Where(d => rememberedHash != null && d.AccountId == name.AccountId && d.SecretHash == rememberedHash && d.ForgottenAt == null)
                    .Select(d => (Guid?)d.Id).FirstOrDefault(),
                RememberedAt = db.RememberedDevices
                    .Where(d => rememberedHash != null && d.AccountId == name.AccountId && d.SecretHash == rememberedHash && d.ForgottenAt == null)
                    .Select(d => (DateTimeOffset?)d.RememberedAt).FirstOrDefault(),
                SessionOfForm = db.Sessions
                    .Where(s => s.AccountId == name.AccountId && s.FormHash == formHash)
                    .Where(s => organizationCode == null || s.OrganizationId == membership.OrganizationId)
                    .Where(s => s.LastSeenAt > idleSince && s.StartedAt > startedBefore && s.PasswordSetAt == membership.Account.PasswordSetAt)
                    .Where(s => s.SecondFactorAt == null && (!s.SecondFactorIsRemembered || (rememberedHash != null && db.RememberedDevices.Any(
                        d => d.AccountId == name.AccountId && d.SecretHash == rememberedHash && d.ForgottenAt == null))))
                    .Select(s => (Guid?)s.Id).FirstOrDefault(),
            })
            .SingleOrDefault();
        return new(EF.CompileAsyncQuery(Standing.Part.PutInto(query)));
    }

    private delegate Task<NamedAccount?> AccountByNameQuery(
        AppDbContext db, string? organizationCode, Guid scope, string name, byte[] formHash, byte[]? deviceHash, byte[]? rememberedHash,
        DateTimeOffset idleSince, DateTimeOffset startedBefore, CancellationToken cancellationToken);
}
