using System.Net.Mime;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Cardea.Hosting;
using Cardea.Policies;
using Cardea.Rules.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cardea.Features.SignIn.Passkeys;

/// <summary>Gives the script of the sign-in page a challenge, and takes the form that it fills.</summary>
[AllowAnonymous]
[SignsInAfresh]
[HasNothingToShow]
public sealed class PasskeyModel(SignInWithPasskey signIn, PolicyBook policies) : PageModel
{
    public const string Path = "/sign-in/passkey";
    public const string Refused = "passkeyRefused";

    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    private bool IsOpen => policies.Everywhere.SecondFactors.PasskeySignsIn;

    /// <summary>Given by the sign-in page, with its form.</summary>
    private string? Browser => HttpContext.ReadCookie(Cookies.Form);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!IsOpen || Browser is not { } browser || await signIn.BeginAsync(browser, HttpContext, cancellationToken) is not var (options, challenge))
        {
            return NotFound();
        }

        return Content($$"""{"options":{{options}},"challenge":"{{challenge}}"}""", MediaTypeNames.Application.Json);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!IsOpen)
        {
            return NotFound();
        }

        var device = HttpContext.ReadCookie(Cookies.Device);
        var outcome = await signIn.RunAsync(
            new(
                Input.Credential ?? "",
                Input.Challenge ?? "",
                Browser ?? "",
                Secrets.HasShape(device) ? device : null,
                HttpContext.ClientAddress,
                Request.Headers.UserAgent.ToString(),
                HttpContext.FormerSession),
            HttpContext,
            cancellationToken);
        if (outcome is not SignInOutcome.SignedIn signedIn)
        {
            var back = JourneyLinks.With("/sign-in", ReturnTarget.Local(Request.Query[JourneyLinks.ReturnUrl]));
            return Redirect($"{back}{(back.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Refused}=true");
        }

        HttpContext.WriteCookie(Cookies.Session, signedIn.SessionSecret);
        HttpContext.WriteCookie(Cookies.Device, signedIn.DeviceSecret, Cookies.Lasting);
        return Redirect(JourneyLinks.Onward(Request));
    }

    public sealed class Form
    {
        public string? Credential { get; set; }

        public string? Challenge { get; set; }
    }
}
