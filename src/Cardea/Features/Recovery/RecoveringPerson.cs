using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Passwords;
using Cardea.Policies;
using Cardea.Rules.EmailAddresses;
using Cardea.Rules.Invitations;
using Cardea.Rules.Recovery;
using Cardea.Rules.SecondFactors;
using Cardea.Rules.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Recovery;

/// <summary>Somebody who forgot the password: nobody is signed in, but this is whose account it is about.</summary>
public sealed record RecoveringPerson
{
    public required Guid AccountId { get; init; }

    public required Guid OrganizationId { get; init; }

    public required Audience Audience { get; init; }

    public required string OrganizationCode { get; init; }

    public required string GivenName { get; init; }

    public required string FamilyName { get; init; }

    public required string Username { get; init; }

    public required string? Email { get; init; }

    public required string? FoldedEmail { get; init; }

    public required string? Language { get; init; }

    public required string TimeZone { get; init; }

    public required DateTimeOffset PasswordSetAt { get; init; }

    public required bool PasswordIsTemporary { get; init; }

    public required bool HasFactors { get; init; }

    public required bool HasRecoveryCodes { get; init; }

    public required RecoveryFacts Facts { get; init; }

    /// <summary>How often they got back in by a security question.</summary>
    public required int Answered { get; init; }

    public string DisplayName => $"{GivenName} {FamilyName}";

    public InvitationFacts InvitationFacts =>
        new(Facts.IsDisabled, Facts.IsInactive, PasswordIsTemporary, Facts.LastSignInCompletedAt, HasFactors || HasRecoveryCodes || Facts.AnswersOnFile > 0);

    public PersonalWords Words => new(OrganizationId, OrganizationCode, Username, GivenName, FamilyName);
}

/// <summary>Finds them, and says what the policy asks of them.</summary>
public sealed class RecoveringPeople(AppDbContext db, PolicyBook policies, TimeProvider clock)
{
    /// <summary>Code and username exactly, the email address without case (S2-30). Null for whoever is not on file like that.</summary>
    public async Task<RecoveringPerson?> FindAsync(RecoveryWish wish, CancellationToken cancellationToken)
    {
        var identifier = SignInName.IdentifierFor(wish.Audience, policies.Everywhere.Identifier);
        var organizationId = identifier is IdentifierKind.OrganizationCodeAndUsername
            ? await db.Organizations.Where(o => o.Code == wish.OrganizationCode).Select(o => o.Id).SingleOrDefaultAsync(cancellationToken)
            : default;
        var scope = SignInName.ScopeOf(wish.Audience, identifier, organizationId);
        var typed = SignInName.Kept(identifier, wish.Username ?? wish.Email ?? "");
        var email = wish.Email is null ? null : EmailAddressRules.Folded(wish.Email);
        return await Of(db.SignInNames
                .Where(name => name.Scope == scope && name.Name == typed)
                .Select(name => name.Account!)
                .Where(account => identifier == IdentifierKind.EmailAddress || email == null || account.NormalizedEmail == email))
            .SingleOrDefaultAsync(cancellationToken);
    }

    public Task<RecoveringPerson> FindAsync(Guid accountId, CancellationToken cancellationToken) =>
        Of(db.Accounts.Where(account => account.Id == accountId)).SingleAsync(cancellationToken);

    /// <summary>What this person is asked for beside the link.</summary>
    public ProofAfterLink ProofFor(RecoveringPerson person) =>
        person.Audience is Audience.Staff ? policies.For(person.OrganizationId).Recovery.Proof : ProofAfterLink.Nothing;

    /// <summary>Null for whoever may reset the password. Patients sign in a few times a year: they do not become inactive.</summary>
    public RecoveryRefusal? WhyNot(RecoveringPerson person)
    {
        var inactiveAfter = person.Audience is Audience.Staff ? policies.For(person.OrganizationId).Lifecycle.InactiveAfter : null;
        return RecoveryRules.Check(person.Facts, ProofFor(person), inactiveAfter, clock.Now);
    }

    private IQueryable<RecoveringPerson> Of(IQueryable<Account> accounts)
    {
        var appIsAllowed = policies.Everywhere.SecondFactors.Allowed.HasFlag(FactorKinds.Authenticator);
        return accounts.AsNoTracking().Select(account => new RecoveringPerson
        {
            AccountId = account.Id,
            OrganizationId = account.HomeOrganizationId,
            Audience = account.Audience,
            OrganizationCode = account.HomeOrganization!.Code,
            GivenName = account.GivenName,
            FamilyName = account.FamilyName,
            Username = db.HomeNames().Where(name => name.AccountId == account.Id).Select(name => name.Name).First(),
            Email = account.Email,
            FoldedEmail = account.NormalizedEmail,
            Language = account.Language,
            TimeZone = account.TimeZone ?? account.HomeOrganization.TimeZone,
            PasswordSetAt = account.PasswordSetAt,
            PasswordIsTemporary = account.PasswordIsTemporary,
            HasFactors = db.Factors.Any(f => f.AccountId == account.Id && f.RemovedAt == null),
            HasRecoveryCodes = db.RecoveryCodes.Any(c => c.AccountId == account.Id),
            Answered = db.AnswerTries.Where(t => t.AccountId == account.Id).Select(t => t.Answered).FirstOrDefault(),
            Facts = new(
                account.DisabledAt != null || account.HomeOrganization.DeactivatedAt != null,
                account.InactivatedAt != null,
                db.AccountActivity.Where(a => a.AccountId == account.Id).Select(a => a.LastSignInCompletedAt).FirstOrDefault(),
                db.AnswerTries.Where(t => t.AccountId == account.Id).Select(t => t.Wrong).FirstOrDefault(),
                db.SecurityAnswers.Count(a => a.AccountId == account.Id),
                db.RecoveryCodes.Any(c => c.AccountId == account.Id)
                    || (appIsAllowed && db.Factors.Any(f => f.AccountId == account.Id && f.Kind == FactorKinds.Authenticator && f.RemovedAt == null && f.BlockedAt == null))),
        });
    }
}
