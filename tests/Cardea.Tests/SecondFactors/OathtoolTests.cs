using System.Diagnostics;
using System.Globalization;

namespace Cardea.Tests.SecondFactors;

/// <summary>An authenticator that nobody of ours wrote.</summary>
[Scenario("S0-10")]
public sealed class OathtoolTests
{
    [Theory, EachDatabase]
    public async Task Codes_of_another_program_set_up_and_sign_in(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync();
        await app.AskForSecondFactorAsync(amina.Organization, Rules.SecondFactors.OrganizationMethod.UsersChoose);
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync("/sign-in/second-factor-set-up/app");
        var key = browser.Document.QuerySelector("main li .code")!.TextContent;

        await browser.EnterCodeAsync(await CodeAsync(key, app.Clock.GetUtcNow()), "Submit");
        Assert.Equal("Your recovery codes", browser.Heading);

        app.Clock.Advance(TimeSpan.FromSeconds(30));
        using var next = await app.SignInAsync(amina);
        await next.EnterCodeAsync(await CodeAsync(key, app.Clock.GetUtcNow()));
        Assert.Equal("/", next.Url);
    }

    /// <summary>By "oathtool", which "./dev test" installs.</summary>
    private static async Task<string> CodeAsync(string key, DateTimeOffset at)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "oathtool",
            ["--totp", "--base32", "--now", at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture), key.Replace(" ", "", StringComparison.Ordinal)])
        {
            RedirectStandardOutput = true,
        })!;
        var code = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return code.Trim();
    }
}
