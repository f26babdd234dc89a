using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.SignIn.Journey;
using Cardea.Policies;
using Cardea.Rules.Permissions;
using Cardea.Rules.Recovery;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SignIn.Tries;

/// <summary>
/// Nothing outside locks the last usable operator: the hard stop, and the hard lock of wrong answers, hold for an operator only while
/// another one is neither disabled nor stopped nor locked. Asked afresh at each try, so strangers who stop all of them at the same moment have stopped none.
/// </summary>
public sealed class LastOperator(AppDbContext db, TimeProvider clock)
{
    public async Task<bool> IsAsync(Standing standing, Policy policy, CancellationToken cancellationToken)
    {
        if (standing.IsDisabled || standing.IsInactive || !standing.Roles.HasFlag(Roles.RegistryOperator))
        {
            return false;
        }

        var usable = db.UsableOperators(clock.Now - policy.Passwords.TemporaryLivesFor);
        var others = await db.HomeNames()
            .Where(name => name.AccountId != standing.AccountId && usable.Any(m => m.AccountId == name.AccountId))
            .Select(name => new
            {
                name.Account!.HomeOrganization!.Code,
                name.Name,
                WrongAnswers = db.AnswerTries.Where(t => t.AccountId == name.AccountId).Select(t => t.Wrong).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        var keys = others.Select(other => TryKey.NameOf(Audience.Staff, policy.Identifier, other.Code, other.Name)).ToList();
        var stopped = await db.SignInTries
            .Where(row => keys.Contains(row.NameKey) && row.Source == SignInTry.AnySource && row.Failures >= policy.Lock.HardStopAfter)
            .Select(row => row.NameKey).ToListAsync(cancellationToken);
        return others.Zip(keys).All(other => RecoveryRules.IsHardLocked(other.First.WrongAnswers) || stopped.Any(key => key.AsSpan().SequenceEqual(other.Second)));
    }
}
