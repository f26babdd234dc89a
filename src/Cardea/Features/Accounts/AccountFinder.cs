using Cardea.Data;
using Cardea.Policies;
using Cardea.Rules.Permissions;
using Cardea.Rules.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

public sealed record FoundAccount(Guid Id, Guid HomeOrganizationId)
{
    /// <summary>Who acts on it, from a page; null for the command line and the product itself, above whom nobody stands.</summary>
    public Manager? By { get; init; }

    /// <summary>
    /// Where a second person does what <see cref="By"/> has asked for: part of the transaction of the act, which is not done when this throws.
    /// </summary>
    public Func<CancellationToken, Task>? Confirm { get; init; }
}

/// <summary>Finds the account that people mean by its audience, the code of its home organization and its sign-in name, compared as at sign-in (S2-04).</summary>
public sealed class AccountFinder(AppDbContext db, PolicyBook policies)
{
    public async Task<FoundAccount?> FindAsync(Audience audience, string organizationCode, string signInName, CancellationToken cancellationToken)
    {
        var identifier = SignInName.IdentifierFor(audience, policies.Everywhere.Identifier);
        var organizationId = await db.Organizations.Where(o => o.Code == organizationCode).Select(o => o.Id).SingleOrDefaultAsync(cancellationToken);
        var (scope, kept) = (SignInName.ScopeOf(audience, identifier, organizationId), SignInName.Kept(identifier, signInName));
        return await db.SignInNames
            .Where(name => name.Scope == scope && name.Name == kept && name.Account!.HomeOrganizationId == organizationId)
            .Select(name => new FoundAccount(name.AccountId, organizationId))
            .SingleOrDefaultAsync(cancellationToken);
    }
}
