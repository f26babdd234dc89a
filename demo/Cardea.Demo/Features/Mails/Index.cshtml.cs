using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cardea.Demo.Features.Mails;

[AllowAnonymous]
[ReachableWhilePending]
[DoesNotExtendSession]
public sealed class IndexModel(SampleMails mails) : PageModel
{
    public IReadOnlyList<SampleMail> Mails { get; } = mails.All();
}
