using Cardea.Features.SignIn.Journey;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cardea.Features.Help;

/// <summary>The light bulb: security best practices and what to expect (S0-18, S2-40).</summary>
[AllowAnonymous]
[ReachableWhilePending]
public sealed class GuidanceModel : PageModel;
