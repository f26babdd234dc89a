using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Passwords;
using Cardea.Features.People;
using Cardea.Features.Sessions;
using Cardea.Rules.OneTimeCodes;

namespace Cardea.Features.Callers;

public abstract record CheckCallerOutcome
{
    public sealed record IsTheOwner : CheckCallerOutcome;

    public sealed record WrongCode(int TriesLeft) : CheckCallerOutcome;

    /// <summary>Too old, tried too often, replaced by a newer one, spent, or never made.</summary>
    public sealed record NoCodeToTry : CheckCallerOutcome;

    public sealed record TooBusy : CheckCallerOutcome;
}

/// <summary>
/// Compares what a caller has read out with the code that the product gave the owner of the account. As for passwords: a place at the gate, then the
/// try is counted and committed, then the hash, then the outcome in a transaction of its own.
/// </summary>
public sealed class CheckCaller(
    AppDbContext db, PeopleInReach people, CallerCodes codes, CallerChecks checks, HashingGate hashing, AuditTrail audit)
{
    public async Task<CheckCallerOutcome> RunAsync(SignedInPerson helper, FoundAccount account, string code, CancellationToken cancellationToken)
    {
        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new CheckCallerOutcome.TooBusy();
        }

        if (await CountTryAsync(account, cancellationToken) is not { } tried)
        {
            return new CheckCallerOutcome.NoCodeToTry();
        }

        // Counted means evaluated: from here on a browser that goes away changes nothing.
        return (await place.VerifyAsync(code, tried.CodeHash)).Matches
            ? await TakeAsync(helper, account, tried)
            : await RefuseAsync(helper, account, tried);
    }

    private async Task<CallerCode?> CountTryAsync(FoundAccount account, CancellationToken cancellationToken)
    {
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await people.HoldAsync(account, cancellationToken);
        var tried = await codes.CountTryAsync(account.Id, cancellationToken);
        await write.CommitAsync(cancellationToken);
        return tried;
    }

    private async Task<CheckCallerOutcome> RefuseAsync(SignedInPerson helper, FoundAccount account, CallerCode tried)
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        audit.Add(new CallerRefused(account.Id, account.HomeOrganizationId, helper.SessionId, tried.Tries));
        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return new CheckCallerOutcome.WrongCode(OneTimeCodeRules.Tries - tried.Tries);
    }

    private async Task<CheckCallerOutcome> TakeAsync(SignedInPerson helper, FoundAccount account, CallerCode tried)
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        await people.HoldAsync(account, CancellationToken.None);
        if (!await codes.SpendAsync(tried, CancellationToken.None))
        {
            return new CheckCallerOutcome.NoCodeToTry();
        }

        await checks.AddAsync(helper, account.Id, CancellationToken.None);
        audit.Add(new CallerChecked(account.Id, account.HomeOrganizationId, helper.SessionId));
        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return new CheckCallerOutcome.IsTheOwner();
    }
}
