using System.Diagnostics;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Lifecycle;
using Cardea.Features.People;
using Cardea.Features.SecondFactors.Clinics;
using Cardea.Features.Sessions;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondPerson;

public abstract record ConfirmActOutcome
{
    /// <param name="Given">To be shown once, to the one who confirms.</param>
    public sealed record Done(TemporaryPassword? Given = null) : ConfirmActOutcome;

    /// <summary>Settled by somebody else, lapsed, or the first person may not ask for it any more.</summary>
    public sealed record IsOver : ConfirmActOutcome;

    /// <summary>Things are others than when it was asked for. Nothing was done, and it waits on.</summary>
    public sealed record CannotBeDone : ConfirmActOutcome;

    public sealed record TooBusy : ConfirmActOutcome;
}

/// <summary>
/// The second person does what the first has asked for. The operation is the one that the first would have used, with the first's rights as they are now;
/// settling the wait is part of its transaction, so that either both are done or neither.
/// </summary>
public sealed class ConfirmAct(
    AppDbContext db,
    PeopleInReach people,
    WaitingActs waiting,
    ChangeRoles changeRoles,
    ResetSecondFactor reset,
    GiveNewPassword givePassword,
    ReactivateAccount reactivate,
    ChangeFactorSetting changeSetting,
    AuditTrail audit,
    TimeProvider clock)
{
    public async Task<ConfirmActOutcome> RunAsync(SignedInPerson second, WaitingAct act, CancellationToken cancellationToken)
    {
        try
        {
            return await DoAsync(act, stop => SettleAsync(second, act, stop), cancellationToken);
        }
        catch (OutOfReachException)
        {
            return new ConfirmActOutcome.IsOver();   // the first person may not any more
        }
        catch (ActIsOverException)
        {
            return new ConfirmActOutcome.IsOver();
        }
    }

    private Task<ConfirmActOutcome> DoAsync(WaitingAct act, Func<CancellationToken, Task> settle, CancellationToken cancellationToken)
    {
        var account = act.Person is { } person ? person.Account with { By = act.Asker, Confirm = settle } : null;
        return act.Kind switch
        {
            SecondPersonKind.MakeOperator => MakeOperatorAsync(account!, cancellationToken),
            SecondPersonKind.ResetFactors => ResetAsync(account!, cancellationToken),
            SecondPersonKind.SwitchOffMfa => SwitchOffAsync(act, settle, cancellationToken),
            SecondPersonKind.UncheckedHelp => act.Asked.Help switch
            {
                PersonAct.NewPassword => GivePasswordAsync(account!, cancellationToken),
                PersonAct.ResetSecondFactor => ResetAsync(account!, cancellationToken),
                PersonAct.Reactivate => ReactivateAsync(account!, act.Reason, cancellationToken),
                var other => throw new UnreachableException(other.ToString()),
            },
        };
    }

    /// <summary>Part of the operation's transaction, in its turn: whoever confirms may do so now, and is the first to settle it.</summary>
    private async Task SettleAsync(SignedInPerson second, WaitingAct act, CancellationToken cancellationToken)
    {
        var manager = await people.FindManagerAsync(second.AccountId, second.OrganizationId, cancellationToken);
        if (manager is null
            || await waiting.FindAsync(manager, act.Id, cancellationToken) is not { IsOpen: true, MayConfirm: true }
            || !await db.EndPendingActAsync(act.Id, second.AccountId, PendingActEnd.Confirmed, clock.Now, cancellationToken))
        {
            throw new ActIsOverException();
        }

        audit.Add(new ActConfirmed(act.Id, AskedAct.NameOf(act.Kind), act.AskedBy, act.Person?.Account.Id, act.OrganizationId));
    }

    private async Task<ConfirmActOutcome> MakeOperatorAsync(FoundAccount account, CancellationToken cancellationToken)
    {
        var onFile = await db.Memberships
            .Where(m => m.AccountId == account.Id && m.OrganizationId == account.HomeOrganizationId).Select(m => m.Roles).SingleAsync(cancellationToken);
        return await changeRoles.RunAsync(account, onFile, onFile | Roles.RegistryOperator, cancellationToken) is ChangeRolesOutcome.Changed
            ? new ConfirmActOutcome.Done()
            : new ConfirmActOutcome.CannotBeDone();
    }

    private async Task<ConfirmActOutcome> ResetAsync(FoundAccount account, CancellationToken cancellationToken) =>
        await reset.RunAsync(account, cancellationToken) ? new ConfirmActOutcome.Done() : new ConfirmActOutcome.CannotBeDone();

    private async Task<ConfirmActOutcome> GivePasswordAsync(FoundAccount account, CancellationToken cancellationToken) =>
        await givePassword.RunAsync(account, cancellationToken) switch
        {
            GiveNewPasswordOutcome.Given given => new ConfirmActOutcome.Done(new(given.SignInName, given.TemporaryPassword)),
            GiveNewPasswordOutcome.TooBusy => new ConfirmActOutcome.TooBusy(),
            _ => new ConfirmActOutcome.CannotBeDone(),
        };

    private async Task<ConfirmActOutcome> ReactivateAsync(FoundAccount account, string reason, CancellationToken cancellationToken) =>
        await reactivate.RunAsync(account, reason, cancellationToken) switch
        {
            ReactivateAccountOutcome.Reactivated given => new ConfirmActOutcome.Done(new(given.SignInName, given.TemporaryPassword)),
            ReactivateAccountOutcome.TooBusy => new ConfirmActOutcome.TooBusy(),
            _ => new ConfirmActOutcome.CannotBeDone(),
        };

    private async Task<ConfirmActOutcome> SwitchOffAsync(WaitingAct act, Func<CancellationToken, Task> settle, CancellationToken cancellationToken)
    {
        var wish = new OrganizationFactorWish(act.Asked.Method, act.Asked.RememberDays ?? 0);
        await changeSetting.RunAsync(act.OrganizationId, wish, act.Asked.From ?? clock.Now, settle, cancellationToken);
        return new ConfirmActOutcome.Done();
    }

    private sealed class ActIsOverException : Exception;
}
