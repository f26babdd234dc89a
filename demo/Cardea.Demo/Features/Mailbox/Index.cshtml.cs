using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cardea.Demo.Features.Mailbox;

[AllowAnonymous]
[ReachableWhilePending]
[ForAudience(Audience.Staff, Audience.Patient)]
[DoesNotExtendSession]
public sealed class IndexModel(Mailbox mailbox) : PageModel
{
    public IReadOnlyList<SentMessage> Messages { get; private set; } = [];

    public void OnGet() => Messages = [.. mailbox.NewestFirst()];
}
