using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

/// <summary>Keeps the language that a person chose on any page: from then on pages and mails speak it (S0-17).</summary>
public sealed class ChangeLanguage(AppDbContext db, AuditTrail audit)
{
    public async Task RunAsync(SignedInPerson person, string language, CancellationToken cancellationToken)
    {
        await using var write = await db.BeginWriteAsync(cancellationToken);
        var changed = await db.Accounts
            .Where(account => account.Id == person.AccountId && account.Language != language)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.Language, language), cancellationToken);
        if (changed > 0)
        {
            audit.Add(new LanguageChanged(person.AccountId, language));
            await db.SaveChangesAsync(cancellationToken);
        }

        await write.CommitAsync(cancellationToken);
    }
}
