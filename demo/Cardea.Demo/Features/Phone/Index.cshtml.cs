using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cardea.Demo.Features.Phone;

[AllowAnonymous]
[ReachableWhilePending]
[DoesNotExtendSession]
public sealed class IndexModel(Phone phone) : PageModel
{
    public IReadOnlyList<ShownCode> Codes { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Codes = await phone.CodesAsync(cancellationToken);
}
