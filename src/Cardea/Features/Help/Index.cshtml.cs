using Cardea.Features.Accounts;
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
[ForAudience(Audience.Staff, Audience.Patient)]
public sealed class IndexModel(PolicyBook policies) : PageModel
{
    public bool CodeIsAskedAtSignIn => !IsForPatient && policies.Everywhere.Identifier is IdentifierKind.OrganizationCodeAndUsername;

    /// <summary>Email addresses do not.</summary>
    public bool NamesMindCase => !IsForPatient && policies.Everywhere.Identifier is not IdentifierKind.EmailAddress;

    /// <summary>Patients have none.</summary>
    public string? OrganizationCode => HttpContext.Person is { Audience: Audience.Staff } person ? person.OrganizationCode : null;

    public bool IsForPatient => HttpContext.Audience is Audience.Patient;
}
