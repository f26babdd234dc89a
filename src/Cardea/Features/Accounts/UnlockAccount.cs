using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Recovery;
using Cardea.Features.SecondFactors;
using Cardea.Features.SignIn.Tries;

namespace Cardea.Features.Accounts;

public enum UnlockAccountOutcome
{
    Unlocked,

    /// <summary>No failed try and no wrong answer is counted against it, and nobody has to wait.</summary>
    WasNotLocked,
}

/// <summary>
/// The way out of every lock: failures are forgotten wherever they came from, the hard stop included (S0-07, S0-08), and so are wrong answers to
/// security questions (S2-34), and codes beside reset links. Of codes at the sign-in only the wait ends: their count goes on, and what it has
/// blocked stays so (N-07).
/// </summary>
public sealed class UnlockAccount(
    AppDbContext db, PeopleInReach people, SignInTries tries, AnswerTries answers, FactorTries codes, TellOwner tellOwner, AuditTrail audit)
{
    public async Task<UnlockAccountOutcome> RunAsync(FoundAccount account, CancellationToken cancellationToken)
    {
        var names = await db.TryKeysOfAsync(account.Id, cancellationToken);

        await using var write = await db.BeginWriteAsync(cancellationToken);
        var wereFailures = false;
        foreach (var name in names)
        {
            wereFailures |= await tries.ForgetAsync(name, cancellationToken);
        }

        await people.HoldAsync(account, cancellationToken);
        var wereAnswers = await answers.ForgetAsync(account.Id, cancellationToken);
        var wereCodes = await codes.UnlockAsync(account.Id, cancellationToken);
        if (!wereFailures && !wereAnswers && !wereCodes)
        {
            return UnlockAccountOutcome.WasNotLocked;
        }

        audit.Add(new AccountUnlocked(account.Id, account.HomeOrganizationId));
        await tellOwner.ThatAsync(HelpGiven.Unlocked, account, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return UnlockAccountOutcome.Unlocked;
    }
}
