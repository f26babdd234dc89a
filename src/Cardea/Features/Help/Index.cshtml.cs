using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Cardea.Policies;
using Cardea.Rules.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cardea.Features.Help;

/// <summary>The help desk page; it shows a signed-in person the code that the help desk asks for (S2-40).</summary>
[AllowAnonymous]
[ReachableWhilePending]
public sealed class IndexModel(PolicyBook policies) : PageModel
{
    public bool CodeIsAskedAtSignIn => policies.Everywhere.Identifier is IdentifierKind.OrganizationCodeAndUsername;

    /// <summary>Email addresses do not.</summary>
    public bool NamesMindCase => policies.Everywhere.Identifier is not IdentifierKind.EmailAddress;

    public string? OrganizationCode => HttpContext.Person?.OrganizationCode;
}
