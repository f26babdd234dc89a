using System.Text.Json;
using Cardea.Features.Accounts;
using Cardea.Features.Sessions;

namespace Cardea.Demo;

/// <summary>One person of the demo, with all that they type. The secrets are the demo's to tell: they were generated for this database.</summary>
/// <param name="AuthenticatorKey">In base 32; null for those who have no authenticator app.</param>
public sealed record DemoAccount(string Kind, string OrganizationCode, string Username, string Email, string Password, string? AuthenticatorKey);

/// <summary>What <c>demo.json</c> says, for people and for programs that drive the demo.</summary>
public sealed record DemoDescription(string Url, IReadOnlyList<DemoAccount> Accounts)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web) { WriteIndented = true };

    public void Print(TextWriter console, DemoFolder folder, TimeSpan clockOffset)
    {
        string[] heading = ["Kind", "Organization Code", "Username", "Email Address", "Password"];
        List<string[]> rows = [heading, .. Accounts.Select(a => new[] { a.Kind, a.OrganizationCode, a.Username, a.Email, a.Password })];
        var widths = heading.Select((_, column) => rows.Max(row => row[column].Length)).ToList();

        console.WriteLine();
        foreach (var row in rows)
        {
            console.WriteLine(string.Join("  ", row.Zip(widths, (text, width) => text.PadRight(width))).TrimEnd());
        }

        console.WriteLine();
        console.WriteLine($"Sign in at    {Url}");
        console.WriteLine($"Patients at   {Url}{AudiencePages.SignIn(Audience.Patient)}");
        console.WriteLine($"Read mail at  {Url}{Features.Mailbox.MailboxRoutes.Page}");
        console.WriteLine($"MFA codes at  {Url}{Features.Phone.PhoneRoutes.Page}, for those who have an authenticator app");
        console.WriteLine($"Forgotten     the first pet was called {FirstSignIn.Answers[0]}, the first school {FirstSignIn.Answers[1]}, the street {FirstSignIn.Answers[2]}");
        console.WriteLine($"Data          {folder.Path}");
        if (clockOffset > TimeSpan.Zero)
        {
            console.WriteLine($"The clock runs {clockOffset.TotalDays:0.##} days ahead.");
        }

        console.WriteLine("Stop with Ctrl+C.");
    }
}
