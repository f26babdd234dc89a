using System.Security.Cryptography;
using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Lifecycle;
using Cardea.Features.Organizations;
using Cardea.Policies;
using Cardea.Rules;
using Cardea.Rules.Accounts;
using Cardea.Rules.EmailAddresses;
using Cardea.Rules.Permissions;
using Microsoft.AspNetCore.Identity;

namespace Cardea.Features.Accounts;

/// <param name="Hash">Null where there is none yet: no password opens the account.</param>
/// <param name="IsTemporary">Whether it was made for the person, who replaces it at the first sign-in.</param>
public sealed record NewPassword(string? Hash, bool IsTemporary);

/// <summary>All the rows of a new account, for the two operations that make one: an administrator's, and the set-up of the registry.</summary>
public sealed class NewAccounts(AppDbContext db, UserManager<Account> users, PolicyBook policies, FindablePeople findable, AuditTrail audit, TimeProvider clock)
{
    private const int SubjectBytes = 16;

    /// <summary>Part of the caller's transaction, which saves. <paramref name="wanted"/> has passed its check.</summary>
    public async Task<Guid> AddAsync(NewAccount wanted, Organization organization, NewPassword password)
    {
        var organizationId = organization.Id;
        var identifier = policies.Everywhere.Identifier;
        var name = wanted.SignInName(identifier);
        var now = clock.Now;
        var account = new Account
        {
            Id = clock.NewId(),
            UserName = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SubjectBytes)),
            GivenName = PlainLine.Normalize(wanted.GivenName),
            FamilyName = PlainLine.Normalize(wanted.FamilyName),
            Email = EmailAddressRules.Normalize(wanted.Email),
            Audience = wanted.Audience,
            HomeOrganizationId = organizationId,
            Language = wanted.Language,
            PasswordHash = password.Hash,
            PasswordSetAt = now,
            PasswordIsTemporary = password.IsTemporary,
            SecondFactorRequired = wanted.SecondFactorRequired,
            CreatedAt = now,
        };

        var added = await users.CreateAsync(account);
        if (!added.Succeeded)
        {
            throw new InvalidOperationException($"Identity refused the account: {string.Join(", ", added.Errors.Select(error => error.Code))}.");
        }

        var signInName = new SignInName
        {
            Id = clock.NewId(),
            Scope = SignInName.ScopeOf(wanted.Audience, identifier, organizationId),
            Name = name,
            Skeleton = SignInNames.Skeleton(name),
            AccountId = account.Id,
        };
        db.SignInNames.Add(signInName);
        findable.Add(account, signInName, organization.Code);
        db.Memberships.Add(new Membership { AccountId = account.Id, OrganizationId = organizationId, Roles = wanted.Roles, ConfirmedAt = now });
        db.AccountActivity.Add(new AccountActivity { AccountId = account.Id, IdleSince = account.Audience is Audience.Staff ? account.CreatedAt : null });
        audit.Add(new AccountCreated(account.Id, organizationId, wanted.Roles, wanted.Audience));
        if (wanted.Roles.HasFlag(Roles.RegistryOperator))
        {
            audit.Add(new OperatorCreated(account.Id, organizationId));
        }

        return account.Id;
    }
}
