using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Passwords;
using Cardea.Features.Sessions;

namespace Cardea.Features.Callers;

public abstract record ShowCallerCodeOutcome
{
    public sealed record Made(string Code) : ShowCallerCodeOutcome
    {
        /// <summary>Without the code.</summary>
        public override string ToString() => nameof(Made);
    }

    public sealed record TooBusy : ShowCallerCodeOutcome;
}

/// <summary>
/// Gives somebody who is signed in a code to read out to the help desk. Nobody but they can make the next one, so how many are made is no matter:
/// whoever guesses has the five tries of the newest.
/// </summary>
public sealed class ShowCallerCode(AppDbContext db, CallerCodes codes, HashingGate hashing, AuditTrail audit)
{
    public async Task<ShowCallerCodeOutcome> RunAsync(SignedInPerson person, CancellationToken cancellationToken)
    {
        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new ShowCallerCodeOutcome.TooBusy();
        }

        var code = CallerCodes.New();
        var hash = await place.HashAsync(code);

        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.TakeTurnAsync(person.AccountId, cancellationToken);
        await codes.ReplaceAsync(person.AccountId, hash, cancellationToken);
        audit.Add(new CallerCodeShown(person.AccountId, person.SessionId));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new ShowCallerCodeOutcome.Made(code);
    }
}
