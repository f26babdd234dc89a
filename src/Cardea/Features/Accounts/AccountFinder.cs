using Cardea.Data;
using Cardea.Policies;
using Cardea.Rules.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

public sealed record FoundAccount(Guid Id, Guid HomeOrganizationId);

/// <summary>Finds the account that people mean by the code of its home organization and its sign-in name, both exact (S2-04).</summary>
public sealed class AccountFinder(AppDbContext db, PolicyBook policies)
{
    public Task<FoundAccount?> FindAsync(string organizationCode, string signInName, CancellationToken cancellationToken)
    {
        var withinOrganization = policies.Everywhere.Identifier is IdentifierKind.OrganizationCodeAndUsername;
        return db.SignInNames
            .Where(name => name.Name == signInName && name.Account!.HomeOrganization!.Code == organizationCode)
            .Where(name => name.Scope == (withinOrganization ? name.Account!.HomeOrganizationId : SignInName.Everywhere))
            .Select(name => new FoundAccount(name.AccountId, name.Account!.HomeOrganizationId))
            .SingleOrDefaultAsync(cancellationToken);
    }
}
