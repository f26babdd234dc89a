using Cardea.Data;
using Cardea.Features.Passwords;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

/// <summary>Somebody who is given a password: to whom the mail goes, and which words the password must not be made of.</summary>
public sealed record HelpedPerson
{
    public required PersonalWords Words { get; init; }

    public required string? Email { get; init; }

    public required string? Language { get; init; }

    public required bool IsInactive { get; init; }

    public string SignInName => Words.Username;

    public string DisplayName => $"{Words.GivenName} {Words.FamilyName}";
}

public static class HelpedPeople
{
    extension(AppDbContext db)
    {
        public Task<HelpedPerson> FindHelpedPersonAsync(FoundAccount account, CancellationToken cancellationToken) =>
            db.HomeNames()
                .Where(name => name.AccountId == account.Id)
                .Select(name => new HelpedPerson
                {
                    Words = new(
                        account.HomeOrganizationId, name.Account!.HomeOrganization!.Code, name.Name, name.Account.GivenName, name.Account.FamilyName),
                    Email = name.Account.Email,
                    Language = name.Account.Language,
                    IsInactive = name.Account.InactivatedAt != null,
                })
                .SingleAsync(cancellationToken);
    }
}
