using System.Net;
using AngleSharp.Dom;

namespace Cardea.Tests.SignIn;

[Scenario("S0-03")]
public sealed class SignInPageTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    [Theory]
    [InlineData("miic", new[] { "Organization Code", "Username", "Password" })]
    [InlineData("clinical-portal", new[] { "Username", "Password" })]
    [InlineData("clinic", new[] { "Email Address", "Password" })]
    [InlineData("nist", new[] { "Email Address", "Password" })]
    public async Task The_form_asks_what_the_preset_says_and_has_one_button(string preset, string[] labels)
    {
        var app = await apps.OnAsync(Database.Sqlite, preset);
        using var browser = app.OpenBrowser();

        await browser.OpenAsync("/sign-in");

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.All(labels, label => Assert.NotNull(browser.Field(label)));
        Assert.Equal(labels.Length, browser.Document.QuerySelectorAll("main input[type=text], main input[type=email], main input[type=password]").Length);
        Assert.Equal("/sign-in", browser.FormOf("Login").Target.AbsolutePath);
    }

    /// <summary>Password managers fill it, nothing blocks pasting, and the browser does not "correct" codes (W-1.3.5, V6.2.6, V6.2.7).</summary>
    [Fact]
    [Scenario("S0-15", "V6.2.6", "V6.2.7", "W-1.3.5")]
    public async Task Fields_say_what_they_are_for()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        using var browser = app.OpenBrowser();

        await browser.OpenAsync("/sign-in");

        Assert.Equal("organization", browser.Field("Organization Code").GetAttribute("autocomplete"));
        Assert.Equal("username webauthn", browser.Field("Username").GetAttribute("autocomplete"));
        Assert.Equal(("current-password", "password"), (browser.Field("Password").GetAttribute("autocomplete"), browser.Field("Password").GetAttribute("type")));
        Assert.Empty(browser.Document.QuerySelectorAll("[onpaste], [oncopy], input[autocomplete=off]"));
        Assert.NotNull(browser.Document.QuerySelector("[data-caps-lock], [data-show-password]"));
    }

    /// <summary>Enter presses the first submit button of a form: it must be the one that signs in, not a language.</summary>
    [Fact]
    public async Task Enter_signs_in()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");

        var first = browser.Document.QuerySelectorAll("button").First(button => button.GetAttribute("form") == "sign-in-form" || button.Closest("#sign-in-form") is not null);

        Assert.Null(first.GetAttribute("name"));
    }

    [Fact]
    [Scenario("S0-18")]
    public async Task Best_practices_are_one_link_away()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");

        await browser.FollowAsync("How to keep your account safe");

        Assert.Equal((HttpStatusCode.OK, "/guidance"), (browser.Status, browser.Url));
        Assert.Contains("password", browser.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Scenario("S0-02")]
    public async Task Nobody_registers_themselves()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        using var browser = app.OpenBrowser();

        foreach (var path in (string[])["/register", "/sign-up", "/signup", "/account/register", "/identity/account/register", "/accounts/create"])
        {
            await browser.OpenAsync(path);
            Assert.True(browser.Status is HttpStatusCode.NotFound || browser.Url.StartsWith("/sign-in?", StringComparison.Ordinal), $"{path} answers {browser.Status} at {browser.Url}");
        }
    }

    [Theory]
    [InlineData("", "amina", "secret", "Enter your organization code.")]
    [InlineData("CLINIC", "", "secret", "Enter your username.")]
    [InlineData("CLINIC", "amina", "", "Enter your password.")]
    [Scenario("W-3.3.1")]
    public async Task What_is_missing_is_said_at_its_field_and_costs_no_try(string code, string username, string password, string sentence)
    {
        var app = await apps.OnAsync(Database.Sqlite);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");

        await browser.SignInAsync(code, username, password);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains(sentence, browser.Text, StringComparison.Ordinal);
        Assert.Empty(await app.ReadAsync(db => db.SignInTries.ToListAsync()));
    }
}
