using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Recovery;
using Cardea.Features.Sessions;
using Cardea.Features.SetUp;
using Cardea.Hosting;
using Cardea.Policies;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Invitations;

/// <summary>Makes invitations, for the two operations that send one: with a new account, and again.</summary>
public sealed class InvitationLinks(AppDbContext db, PolicyBook policies, RegistryProfile profile, Outbox outbox, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Without a public address no link leads anywhere .</summary>
    public async Task<bool> CanBeMadeAsync(CancellationToken cancellationToken) =>
        PublicAddress.IsFine((await profile.GetAsync(cancellationToken)).PublicAddress, out _);

    /// <summary>Part of the caller's transaction, which saves. The account is on file, with an email address; those that were sent before are over.</summary>
    /// <returns>Until when it works.</returns>
    public async Task<DateTimeOffset> AddAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var person = await db.HomeNames().AsNoTracking()
            .Where(name => name.AccountId == accountId)
            .Select(name => new
            {
                name.Name,
                name.Account!.Email,
                name.Account.NormalizedEmail,
                name.Account.GivenName,
                name.Account.FamilyName,
                name.Account.Language,
                name.Account.Audience,
                name.Account.PasswordSetAt,
                Organization = name.Account.HomeOrganization!,
            })
            .SingleAsync(cancellationToken);
        await db.ResetLinks.Where(link => link.AccountId == accountId && link.IsInvitation && link.ReplacedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(link => link.ReplacedAt, now), cancellationToken);
        var (organization, secret) = (person.Organization, Secrets.New());
        var policy = policies.For(organization.Id);
        var livesFor = policy.Passwords.TemporaryLivesFor;
        db.ResetLinks.Add(new()
        {
            Id = clock.NewId(),
            AccountId = accountId,
            SecretHash = Secrets.Hash(secret),
            SentTo = person.NormalizedEmail!,
            PasswordSetAt = person.PasswordSetAt,
            MadeAt = now,
            IsInvitation = true,
        });
        outbox.Add(new InvitationMail(
            accountId,
            person.Email!,
            $"{person.GivenName} {person.FamilyName}",
            person.Language ?? organization.Language,
            person.Audience,
            SignInName.IdentifierFor(person.Audience, policy.Identifier),
            organization.Name,
            organization.Code,
            person.Name,
            (organization.HelpPhone, organization.HelpEmail) switch
            {
                (null, null) => null,
                ({ } phone, null) => phone,
                (null, { } email) => email,
                ({ } phone, { } email) => $"{phone}, {email}",
            },
            now,
            livesFor,
            secret));
        audit.Add(new InvitationSent(accountId, organization.Id));
        return now + livesFor;
    }
}
