using Cardea.Data;
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

    public sealed record Refused(NewAccountRefusals Reasons) : CreateAccountOutcome;

    public sealed record NoSuchOrganization : CreateAccountOutcome;

    /// <summary>By the same name in this organization, or by one that looks like it (S2-04).</summary>
    public sealed record NameIsTaken : CreateAccountOutcome;

    public sealed record TooBusy : CreateAccountOutcome;
}

/// <summary>
/// Makes an account for somebody else, with a generated temporary password (S0-02, S2-03). An operator made this way closes the set-up for
/// good: from then on there is somebody to answer for the registry (V6.3.2).
/// </summary>
public sealed class CreateAccount(
    AppDbContext db, PolicyBook policies, NewAccounts accounts, TemporaryPasswords passwords, HashingGate hashing, SetUpDoor setUp)
{
    public async Task<CreateAccountOutcome> RunAsync(string organizationCode, NewAccount wanted, CancellationToken cancellationToken)
    {
        var identifier = policies.Everywhere.Identifier;
        if (wanted.Check(identifier) is { Any: true } reasons)
        {
            return new CreateAccountOutcome.Refused(reasons);
        }

        var organization = await db.Organizations.AsNoTracking().SingleOrDefaultAsync(o => o.Code == organizationCode, cancellationToken);
        if (organization is null)
        {
            return new CreateAccountOutcome.NoSuchOrganization();
        }

        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new CreateAccountOutcome.TooBusy();
        }

        var name = wanted.SignInName(identifier);
        var password = await passwords.NewAsync(new(organization.Id, organization.Code, name, wanted.GivenName, wanted.FamilyName), cancellationToken);
        var hash = await place.HashAsync(password);

        await using var write = await db.BeginWriteAsync(cancellationToken);
        Guid accountId;
        try
        {
            accountId = await accounts.AddAsync(wanted, organization, new(hash, IsTemporary: true));
            if (wanted.Roles.HasFlag(Roles.RegistryOperator))
            {
                await setUp.CloseAsync(cancellationToken);
            }

            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException problem) when (problem.IsDuplicateIn(SignInNameConfiguration.Table))
        {
            return new CreateAccountOutcome.NameIsTaken();
        }

        await write.CommitAsync(cancellationToken);
        return new CreateAccountOutcome.Created(accountId, name, password);
    }
}
