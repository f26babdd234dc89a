using Cardea.Data;
using Cardea.Features.Invitations;
using Cardea.Features.Organizations;
using Cardea.Features.Passwords;
using Cardea.Features.SetUp;
using Cardea.Policies;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

public abstract record CreateAccountOutcome
{
    /// <param name="TemporaryPassword">To be shown once; only its hash is kept.</param>
    public sealed record Created(Guid AccountId, string SignInName, string TemporaryPassword) : CreateAccountOutcome
    {
        /// <summary>Without the password: outcomes end up in logs and messages of failed tests.</summary>
        public override string ToString() => $"{nameof(Created)} {AccountId}";
    }

    /// <summary>There is no password yet: the link that is mailed to the person leads to their own.</summary>
    public sealed record Invited(Guid AccountId, string SignInName, DateTimeOffset WorksUntil) : CreateAccountOutcome;

    public sealed record Refused(NewAccountRefusals Reasons) : CreateAccountOutcome;

    public sealed record NoSuchOrganization : CreateAccountOutcome;

    /// <summary>By the same name in this organization, or by one that looks like it (S2-04).</summary>
    public sealed record NameIsTaken : CreateAccountOutcome;

    public sealed record TooBusy : CreateAccountOutcome;

    /// <summary>Nobody has said where people reach the registry: the link of an invitation would lead nowhere.</summary>
    public sealed record NoPublicAddress : CreateAccountOutcome;
}

/// <summary>How somebody gets in for the first time.</summary>
public enum FirstWayIn
{
    /// <summary>It is shown once, to be handed over.</summary>
    TemporaryPassword,

    /// <summary>A link by mail: there is no password that anybody else has seen.</summary>
    Invitation,
}

/// <summary>
/// Makes an account for somebody else, with a generated temporary password or an invitation (S0-02, S2-03). An operator made this way closes the set-up for
/// good: from then on there is somebody to answer for the registry (V6.3.2).
/// </summary>
public sealed class CreateAccount(
    AppDbContext db,
    PeopleInReach people,
    PolicyBook policies,
    NewAccounts accounts,
    TemporaryPasswords passwords,
    InvitationLinks invitations,
    HashingGate hashing,
    SetUpDoor setUp)
{
    /// <param name="by">Who makes it, from a page; null for the command line and the product itself.</param>
    /// <exception cref="OutOfReachException">They may not, there or for these roles.</exception>
    public async Task<CreateAccountOutcome> RunAsync(
        string organizationCode,
        NewAccount wanted,
        CancellationToken cancellationToken,
        FirstWayIn wayIn = FirstWayIn.TemporaryPassword,
        Manager? by = null)
    {
        if (wanted.Check(policies.Everywhere.Identifier) is { Any: true } reasons)
        {
            return new CreateAccountOutcome.Refused(reasons);
        }

        var organization = await db.Organizations.AsNoTracking().SingleOrDefaultAsync(o => o.Code == organizationCode, cancellationToken);
        if (organization is null)
        {
            return new CreateAccountOutcome.NoSuchOrganization();
        }

        return wayIn switch
        {
            FirstWayIn.TemporaryPassword => await WithPasswordAsync(wanted, organization, by, cancellationToken),
            FirstWayIn.Invitation => await InviteAsync(wanted, organization, by, cancellationToken),
        };
    }

    private async Task<CreateAccountOutcome> WithPasswordAsync(NewAccount wanted, Organization organization, Manager? by, CancellationToken cancellationToken)
    {
        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new CreateAccountOutcome.TooBusy();
        }

        var name = wanted.SignInName(policies.Everywhere.Identifier);
        var password = await passwords.NewAsync(new(organization.Id, organization.Code, name, wanted.GivenName, wanted.FamilyName), cancellationToken);
        var hash = await place.HashAsync(password);

        await using var write = await db.BeginWriteAsync(cancellationToken);
        await people.HoldAsync(by, organization.Id, wanted.Roles, cancellationToken);
        if (await TryAddAsync(wanted, organization, new(hash, IsTemporary: true), cancellationToken) is not { } accountId)
        {
            return new CreateAccountOutcome.NameIsTaken();
        }

        await write.CommitAsync(cancellationToken);
        return new CreateAccountOutcome.Created(accountId, name, password);
    }

    private async Task<CreateAccountOutcome> InviteAsync(NewAccount wanted, Organization organization, Manager? by, CancellationToken cancellationToken)
    {
        if (!await invitations.CanBeMadeAsync(cancellationToken))
        {
            return new CreateAccountOutcome.NoPublicAddress();
        }

        await using var write = await db.BeginWriteAsync(cancellationToken);
        await people.HoldAsync(by, organization.Id, wanted.Roles, cancellationToken);
        if (await TryAddAsync(wanted, organization, new(Hash: null, IsTemporary: true), cancellationToken) is not { } accountId)
        {
            return new CreateAccountOutcome.NameIsTaken();
        }

        var worksUntil = await invitations.AddAsync(accountId, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new CreateAccountOutcome.Invited(accountId, wanted.SignInName(policies.Everywhere.Identifier), worksUntil);
    }

    /// <summary>Null when the name belongs to somebody else: then nothing of the transaction may stay.</summary>
    private async Task<Guid?> TryAddAsync(NewAccount wanted, Organization organization, NewPassword password, CancellationToken cancellationToken)
    {
        try
        {
            var accountId = await accounts.AddAsync(wanted, organization, password);
            if (wanted.Roles.HasFlag(Roles.RegistryOperator))
            {
                await setUp.CloseAsync(cancellationToken);
            }

            await db.SaveChangesAsync(cancellationToken);
            return accountId;
        }
        catch (DbUpdateException problem) when (problem.IsDuplicateIn(SignInNameConfiguration.Table))
        {
            return null;
        }
    }
}
