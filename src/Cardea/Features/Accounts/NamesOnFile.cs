using Cardea.Data;
using Cardea.Hosting;
using Cardea.Policies;
using Cardea.Rules.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

/// <summary>
/// Names are kept as the identifier of their day asks for. Under another one nobody would be found, and everybody told "Invalid credentials":
/// better not to start. Names of patients are the same under all.
/// </summary>
public sealed class NamesOnFile(AppDbContext db, PolicyBook policies)
{
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var asked = policies.Everywhere.Identifier;
        var scope = SignInName.ScopeOf(Audience.Staff, asked, organizationId: default);
        var names = asked is IdentifierKind.OrganizationCodeAndUsername
            ? db.SignInNames.Where(name => name.Scope == SignInName.AllUsernames || name.Scope == SignInName.AllEmailAddresses)
            : db.SignInNames.Where(name => name.Scope != scope && name.Scope != SignInName.AllPatients);
        if (await names.Select(name => (Guid?)name.Scope).FirstOrDefaultAsync(cancellationToken) is { } other)
        {
            throw new ConfigurationMistakeException(
                $"Cardea:SignIn:Identifier is {asked}, but people in this database sign in by {SignInName.IdentifierOf(other)}: set it, or Cardea:Policy, as it was before.");
        }
    }
}
