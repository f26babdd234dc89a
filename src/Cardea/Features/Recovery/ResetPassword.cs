using Cardea.Features.Accounts;
using Cardea.Rules.Passwords;

namespace Cardea.Features.Recovery;

public abstract record ResetPasswordOutcome
{
    /// <summary>Nobody is signed in by it.</summary>
    public sealed record Done(Audience Audience) : ResetPasswordOutcome;

    public sealed record Refused(IReadOnlyList<PasswordRefusal> Reasons) : ResetPasswordOutcome;

    /// <summary>Its time is over, or the account has changed meanwhile: a new link is needed.</summary>
    public sealed record ProofIsOver : ResetPasswordOutcome;

    public sealed record TooBusy : ResetPasswordOutcome;
}

/// <summary>Sets the new password of somebody who has proven all that was asked for (S2-36).</summary>
public sealed class ResetPassword(ResetLinks links, PasswordByLink byLink)
{
    /// <param name="ticket">See <see cref="ProveResetOutcome.Proven"/>.</param>
    /// <param name="deviceSecret">Of this browser: wrong passwords from elsewhere do not keep its person out any more (S0-08).</param>
    public Task<ResetPasswordOutcome> RunAsync(string? ticket, string replacement, string deviceSecret, CancellationToken cancellationToken) =>
        byLink.SetAsync(
            () => links.FindByTicketAsync(ticket, cancellationToken),
            replacement,
            deviceSecret,
            (person, ended) => new PasswordReset(person.AccountId, person.OrganizationId, ended),
            cancellationToken);
}
