namespace Cardea.Tests.Help;

/// <summary>What people are told to expect is what the policy in force asks of them, not what another one does.</summary>
[Scenario("S0-18", "S2-40")]
public sealed class GuidanceTests
{
    [Theory]
    [InlineData("miic", "organization code, username and temporary password|Choose your own password|agreement|email address|security questions",
        "agreement again: every 365 days|email address again: every 365 days|new password: every 60 days")]
    [InlineData("clinical-portal", "the username and temporary password|Choose your own password", "")]
    [InlineData("clinic", "your email address and the temporary password|Choose your own password", "new password: every 90 days")]
    [InlineData("nist", "your email address and the temporary password|Choose your own password|agreement|email address",
        "agreement again: every 365 days|email address again: every 365 days")]
    public async Task Guidance_names_the_steps_and_renewals_of_the_preset_and_no_others(string preset, string first, string again)
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite, ("Cardea:Policy", preset));
        using var browser = app.OpenBrowser();

        await browser.OpenAsync("/guidance");

        Contain(Parts(first), browser, "[aria-labelledby=first-sign-in] li");
        Contain(Parts(again), browser, "[aria-labelledby=again] li");
        Assert.Equal(again is not "", browser.Text.Contains("My Dashboard says 30 days ahead", StringComparison.Ordinal));
        Assert.Contains("for 72 h or until you replace it", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_policy_is_changed_to_is_what_the_page_says()
    {
        await using var app = await CardeaApp.StartAsync(
            Database.Sqlite, ("Cardea:Passwords:TemporaryLivesFor", "1.00:00:00"), ("Cardea:Agreements:RenewedEvery", "180.00:00:00"), ("Cardea:SecurityQuestions:Required", "0"));
        using var browser = app.OpenBrowser();

        await browser.OpenAsync("/guidance");

        Assert.Contains("for 24 h or until you replace it", browser.Text, StringComparison.Ordinal);
        Assert.Contains("agreement again: every 180 days", browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("security questions", browser.Text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Email addresses compare without case: to say otherwise sends people looking for a mistake that they did not make.</summary>
    [Theory]
    [InlineData("miic", "Upper and lower case make a difference.", true)]
    [InlineData("clinical-portal", "Upper and lower case make a difference.", false)]
    [InlineData("clinic", "In the password, upper and lower case make a difference.", false)]
    [InlineData("nist", "In the password, upper and lower case make a difference.", false)]
    public async Task Sign_in_and_help_speak_of_case_and_codes_only_where_they_matter(string preset, string sentence, bool codes)
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite, ("Cardea:Policy", preset));
        using var browser = app.OpenBrowser();

        foreach (var page in (string[])["/sign-in", "/help"])
        {
            await browser.OpenAsync(page);
            Assert.Contains(sentence, browser.Text, StringComparison.Ordinal);
        }

        Assert.Equal(codes, browser.Text.Contains("organization code", StringComparison.OrdinalIgnoreCase));
    }

    private static string[] Parts(string listed) => listed.Split('|', StringSplitOptions.RemoveEmptyEntries);

    private static void Contain(string[] parts, PersonBrowser browser, string items)
    {
        var said = browser.Document.QuerySelectorAll(items).Select(item => item.TextContent).ToList();
        Assert.Equal(parts.Length, said.Count);
        Assert.All(parts.Zip(said), pair => Assert.Contains(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase));
    }
}
