using Cardea.Data;
using Cardea.Features.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Passwords;

/// <summary>The same judge behind Identity's interface, so that no <c>UserManager</c> call gets around it.</summary>
public sealed class PolicyPasswordValidator(PasswordChecker checker, AppDbContext db) : IPasswordValidator<Account>
{
    public async Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        var words = await db.HomeNames().AsNoTracking()
            .Where(name => name.AccountId == user.Id)
            .Join(db.Organizations, _ => user.HomeOrganizationId, organization => organization.Id, (name, organization) => new { name.Name, organization.Code })
            .FirstOrDefaultAsync();
        var person = new PersonalWords(user.HomeOrganizationId, words?.Code ?? "", words?.Name ?? "", user.GivenName, user.FamilyName);
        var refusals = await checker.CheckAsync(password ?? "", person, CancellationToken.None);
        return refusals.Count == 0
            ? IdentityResult.Success
            : IdentityResult.Failed([.. refusals.Select(refusal => new IdentityError { Code = refusal.ToString() })]);
    }
}
