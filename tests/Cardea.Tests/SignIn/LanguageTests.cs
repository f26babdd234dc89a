using System.Net;

namespace Cardea.Tests.SignIn;

[Scenario("S0-17", "W-3.1.1")]
public sealed class LanguageTests(CardeaApps apps)
{
    [Theory]
    [InlineData("es-MX,es;q=0.9,en;q=0.5", "es", "Iniciar sesión")]
    [InlineData("fr-CA", "fr", "Connexion")]
    [InlineData("de,hmn;q=0.9", "en", "Sign in")]
    [InlineData("", "en", "Sign in")]
    public async Task A_first_visit_speaks_what_the_browser_asks_for(string acceptLanguage, string language, string heading)
    {
        var app = await apps.OnAsync(Database.Sqlite);
        using var browser = app.OpenBrowser();
        browser.AcceptLanguage = acceptLanguage;

        await browser.OpenAsync("/sign-in");

        Assert.Equal((language, heading), (Language(browser), browser.Heading));
    }

    [Theory, EachDatabase]
    public async Task Before_sign_in_a_choice_stays_on_this_device_and_loses_nothing_typed(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in?returnUrl=%2Faccount");
        browser.Fill("Username", "amina");

        await browser.ClickAsync("Español");
        Assert.Equal((HttpStatusCode.OK, "es", "amina"), (browser.Status, Language(browser), browser.FormOf("Entrar")["Input.Username"]));
        Assert.Null(browser.Alert);

        browser.Cookies.CloseBrowser();
        await browser.OpenAsync("/help");
        Assert.Equal("es", Language(browser));
    }

    [Theory, EachDatabase]
    public async Task After_sign_in_a_choice_goes_into_the_profile_and_follows_the_person(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using (var browser = await app.SignInAsync(amina))
        {
            await browser.OpenAsync("/account");
            await browser.ClickAsync("Français");
            Assert.Equal(("/account", "fr"), (browser.Url, Language(browser)));
        }

        using var elsewhere = await app.SignInAsync(amina);

        Assert.Equal(("/", "fr"), (elsewhere.Url, Language(elsewhere)));
        Assert.Equal("fr", await app.ReadAsync(db => db.Accounts.Where(a => a.Id == amina.Id).Select(a => a.Language).SingleAsync()));
        var entry = Assert.Single(await app.AuditAsync(), entry => entry.SubjectId == amina.Id && entry.Name == "account.language_changed.v1");
        Assert.Equal((amina.Id.ToString(), "{\"Language\":\"fr\"}"), (entry.ActorId, entry.Payload));
    }

    /// <summary>Nobody becomes unable to read the page because the person before them was Spanish-speaking.</summary>
    [Theory, EachDatabase]
    public async Task The_profile_of_one_person_does_not_change_the_device_for_the_next(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(change: account => account.Language = "fr");
        using var browser = await app.SignInAsync(amina);

        await browser.ClickAsync("Se déconnecter");

        Assert.Equal(("/sign-in", "en"), (browser.Response.RequestMessage!.RequestUri!.AbsolutePath, Language(browser)));
    }

    [Theory]
    [InlineData("de")]
    [InlineData("<script>")]
    [InlineData("en\r\nSet-Cookie: x=y")]
    public async Task A_language_that_we_do_not_speak_changes_nothing(string language)
    {
        var app = await apps.OnAsync(Database.Sqlite);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/help");
        var form = browser.FormOf("Español");
        form["language"] = language;

        await browser.SubmitAsync(form);

        Assert.Equal("en", Language(browser));
        Assert.Null(browser.Cookies["cardea-language"]);
    }

    private static string? Language(PersonBrowser browser) => browser.Document.DocumentElement.GetAttribute("lang");
}
