using Cardea.Features.Recovery;

namespace Cardea.Features.Invitations;

/// <summary>Sets the first password of a new person: what came by mail is all that they can show (S2-03, V6.4.1).</summary>
public sealed class AcceptInvitation(ResetLinks links, PasswordByLink byLink)
{
    /// <param name="secret">Of the link. A password that is refused leaves it as it was.</param>
    /// <param name="deviceSecret">Of this browser: wrong passwords from elsewhere do not keep its person out any more (S0-08).</param>
    public Task<ResetPasswordOutcome> RunAsync(string? secret, string password, string deviceSecret, CancellationToken cancellationToken) =>
        byLink.SetAsync(
            () => links.FindInvitationAsync(secret, cancellationToken),
            password,
            deviceSecret,
            (person, _) => new InvitationAccepted(person.AccountId, person.OrganizationId),
            cancellationToken);
}
