using System.Net.Sockets;
using Cardea.Rules.Permissions;
using OtpNet;

namespace Cardea.Bench;

/// <summary>What somebody signs in with.</summary>
/// <param name="AuthenticatorKey">Of their app; null for those who have none.</param>
internal sealed record Credentials(string OrganizationCode, string Username, string Password, byte[]? AuthenticatorKey = null)
{
    public Roles Roles { get; init; } = Roles.Standard;
}

internal enum SignInResult { SignedIn, Busy, Failed }

/// <summary>How a sign-in ended.</summary>
/// <param name="RetryAfter">When busy: how long the server asks people to wait.</param>
/// <param name="Problem">When failed: what was seen instead of My Dashboard.</param>
internal readonly record struct SignInOutcome(SignInResult Result, TimeSpan RetryAfter = default, string? Problem = null);

/// <summary>One person at one browser.</summary>
internal sealed class Person(Browser browser)
{
    /// <summary>
    /// A whole sign-in with a fresh cookie jar and a fresh connection: open the page, send the form, do the same with the code where one is asked
    /// for, land on My Dashboard.
    /// </summary>
    public SignInOutcome SignIn(Credentials credentials)
    {
        browser.Forget();
        try
        {
            var page = browser.Get("/sign-in");
            if (page.Status == 503) { return Busy(page); }

            if (SignInForm.FillIn(page.Content, credentials) is not { } form) { return Failed($"no form on the sign-in page, status {page.Status}"); }

            var answer = browser.Post("/sign-in", form);
            if (answer.Status == 503) { return Busy(answer); }

            if (answer is not { Status: 302 or 303, Location: { } location }) { return Failed($"the form was answered with status {answer.Status}"); }

            if (credentials.AuthenticatorKey is { } key)
            {
                page = browser.Get(location);
                if (page is { Status: 302 or 303, Location: { } due }) { page = browser.Get(location = due); }   // the dashboard leads to the step

                if (SignInForm.FillInCode(page.Content, new Totp(key).ComputeTotp()) is not { } codeForm) { return Failed($"no form for the code at {location}"); }

                answer = browser.Post(location, codeForm);
                if (answer is not { Status: 302 or 303, Location: { } onward }) { return Failed($"the code was answered with status {answer.Status}"); }

                location = onward;
            }

            return OpensDashboard(location) ? new(SignInResult.SignedIn) : Failed($"landed on {location}");
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return Failed(exception.Message);
        }
    }

    /// <summary>Whether My Dashboard comes up at an address.</summary>
    public bool OpensDashboard(string path = "/")
    {
        var page = browser.Get(path);
        return page.Status == 200 && page.Content.IndexOf("id=\"my-dashboard\""u8) >= 0;
    }

    private static SignInOutcome Busy(Response answer) => new(SignInResult.Busy, RetryAfter: answer.RetryAfter);

    private static SignInOutcome Failed(string problem) => new(SignInResult.Failed, Problem: problem);
}
