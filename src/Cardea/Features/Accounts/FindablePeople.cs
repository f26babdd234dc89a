using Cardea.Data;
using Cardea.Features.SignIn.Tries;
using Cardea.Rules.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

/// <summary>
/// Keeps staff findable, and tries at a name assignable to its owner: what is looked things up by follows the names on file. Patients are in no list.
/// </summary>
public sealed class FindablePeople(AppDbContext db)
{
    private const int AtOnce = 500;

    /// <summary>Part of the caller's transaction, which saves, once the change itself was sent to the database.</summary>
    public Task RefreshAsync(Guid accountId, CancellationToken cancellationToken) =>
        RefreshAsync(db.SignInNames.Where(name => name.AccountId == accountId), cancellationToken);

    /// <summary>Part of the caller's transaction, which saves: from then on tries at the names of an organization are counted under its new code.</summary>
    public async Task FollowCodeAsync(Guid organizationId, string code, CancellationToken cancellationToken)
    {
        foreach (var name in await db.SignInNames.Where(name => name.Scope == organizationId).ToListAsync(cancellationToken))
        {
            name.TryKey = TryKey.NameOf(Audience.Staff, SignInName.IdentifierOf(name.Scope), code, name.Name);
        }
    }

    /// <summary>
    /// At start: names from a version that knew no such keys. Killed in the middle, it goes on from there; the usual start reads one entry of an index.
    /// </summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        var missing = db.SignInNames.Where(name => name.TryKey == null).OrderBy(name => name.Id).Take(AtOnce);
        while (await missing.AnyAsync(cancellationToken))
        {
            await using var write = await db.BeginWriteAsync(cancellationToken);
            await RefreshAsync(missing, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await write.CommitAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }
    }

    private async Task RefreshAsync(IQueryable<SignInName> names, CancellationToken cancellationToken)
    {
        var onFile = await names.AsNoTracking()
            .Select(name => new
            {
                name.Id,
                name.AccountId,
                name.Name,
                name.Scope,
                name.TryKey,
                OrganizationCode = db.Organizations.Where(o => o.Id == name.Scope).Select(o => o.Code).FirstOrDefault(),
                name.Account!.HomeOrganizationId,
                name.Account.Audience,
                name.Account.GivenName,
                name.Account.FamilyName,
                name.Account.Email,
            })
            .ToListAsync(cancellationToken);
        foreach (var name in onFile)
        {
            var tryKey = TryKey.NameOf(name.Audience, SignInName.IdentifierOf(name.Scope), name.OrganizationCode, name.Name);
            if (name.TryKey is null || !name.TryKey.AsSpan().SequenceEqual(tryKey))
            {
                await db.SignInNames.Where(n => n.Id == name.Id).ExecuteUpdateAsync(set => set.SetProperty(n => n.TryKey, tryKey), cancellationToken);
            }
        }

        var ids = onFile.Select(name => name.AccountId).Distinct().ToList();
        var kept = (await db.SearchKeys.Where(key => ids.Contains(key.AccountId)).ToListAsync(cancellationToken)).ToDictionary(key => (key.AccountId, key.Kind));
        foreach (var name in onFile.Where(name => name.Audience is Audience.Staff && (name.OrganizationCode is null || name.Scope == name.HomeOrganizationId)))
        {
            foreach (var key in KeysOf(name.AccountId, name.GivenName, name.FamilyName, name.Name, name.Email))
            {
                if (kept.TryGetValue((key.AccountId, key.Kind), out var before))
                {
                    before.Key = key.Key;
                }
                else
                {
                    db.SearchKeys.Add(key);
                }
            }
        }
    }

    /// <summary>For an account that is about to be saved.</summary>
    public void Add(Account account, SignInName name, string? organizationCode)
    {
        name.TryKey = TryKey.NameOf(account.Audience, SignInName.IdentifierOf(name.Scope), organizationCode, name.Name);
        if (account.Audience is Audience.Staff)
        {
            db.SearchKeys.AddRange(KeysOf(account.Id, account.GivenName, account.FamilyName, name.Name, account.Email));
        }
    }

    private static IEnumerable<SearchKey> KeysOf(Guid accountId, string givenName, string familyName, string signInName, string? email)
    {
        yield return Key(SearchKeyKind.FamilyName, $"{familyName} {givenName}");
        yield return Key(SearchKeyKind.GivenName, $"{givenName} {familyName}");
        yield return Key(SearchKeyKind.SignInName, signInName);
        yield return Key(SearchKeyKind.Email, email ?? "");

        SearchKey Key(SearchKeyKind kind, string text)
        {
            var folded = SearchKeys.Fold(text);
            return new() { AccountId = accountId, Kind = kind, Key = folded.Length <= SearchKey.MaxLength ? folded : folded[..SearchKey.MaxLength] };
        }
    }
}
