using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Alarms;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Messages.Texts;
using Cardea.Features.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cardea.Features.MyAccount;

public abstract record ChangeDetailsOutcome
{
    public sealed record Changed : ChangeDetailsOutcome;

    public sealed record Refused(PersonalDetailsRefusals Reasons) : ChangeDetailsOutcome;

    /// <summary>Somebody else, or another tab, has changed them since the form was opened.</summary>
    public sealed record OthersAreOnFile(PersonalDetails OnFile) : ChangeDetailsOutcome;

    public sealed record AccountIsGone : ChangeDetailsOutcome;
}

/// <summary>A person corrects what is on file about them (S2-10).</summary>
public sealed class ChangeDetails(
    AppDbContext db, FindablePeople findable, AlarmNotices alarms, Outbox outbox, AuditTrail audit, IOptions<TextSettings> texts, TimeProvider clock)
{
    /// <summary>By which others know or call a person: a change that somebody else made must not go unseen.</summary>
    private static readonly string[] ToldByMail = [nameof(PersonalDetails.GivenName), nameof(PersonalDetails.FamilyName), nameof(PersonalDetails.PhoneNumber)];

    /// <param name="versionShown">Of the details over which the form was filled in.</param>
    public async Task<ChangeDetailsOutcome> RunAsync(
        SignedInPerson person, PersonalDetails wanted, string versionShown, CancellationToken cancellationToken)
    {
        var country = texts.Value.AllowedCountries[0];
        if (wanted.Check(country) is { Any: true } reasons)
        {
            return new ChangeDetailsOutcome.Refused(reasons);
        }

        var details = wanted.Normalized(country);
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.TakeTurnAsync(person.AccountId, cancellationToken);
        if (await db.FindDetailsAsync(person.AccountId, cancellationToken) is not { } onFile)
        {
            return new ChangeDetailsOutcome.AccountIsGone();
        }

        var changed = details.DifferencesFrom(onFile);
        if (changed.Count == 0)
        {
            return new ChangeDetailsOutcome.Changed();   // a double click
        }

        if (onFile.Version != versionShown)
        {
            return new ChangeDetailsOutcome.OthersAreOnFile(onFile);
        }

        await db.Accounts
            .Where(account => account.Id == person.AccountId)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(account => account.GivenName, details.GivenName)
                    .SetProperty(account => account.FamilyName, details.FamilyName)
                    .SetProperty(account => account.PhoneNumber, details.PhoneNumber)
                    .SetProperty(account => account.Language, details.Language)
                    .SetProperty(account => account.TimeZone, details.TimeZone),
                cancellationToken);
        await findable.RefreshAsync(person.AccountId, cancellationToken);
        if (person.Email is { } email && changed.Intersect(ToldByMail).Any())
        {
            var secret = alarms.NewLink(person.AccountId);
            outbox.Add(new DetailsChangedMail(
                person.AccountId, email, $"{details.GivenName} {details.FamilyName}", details.Language, clock.Now, person.TimeZone, secret));
        }

        audit.Add(new DetailsChanged(person.AccountId, changed));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new ChangeDetailsOutcome.Changed();
    }
}

public static class DetailsOnFile
{
    extension(AppDbContext db)
    {
        /// <summary>Null for an account that is gone.</summary>
        public Task<PersonalDetails?> FindDetailsAsync(Guid accountId, CancellationToken cancellationToken) =>
            db.Accounts
                .Where(account => account.Id == accountId)
                .Select(account => new PersonalDetails(account.GivenName, account.FamilyName, account.PhoneNumber, account.Language, account.TimeZone))
                .SingleOrDefaultAsync(cancellationToken);
    }
}
