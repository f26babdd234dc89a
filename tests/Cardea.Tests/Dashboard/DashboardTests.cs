using Cardea.Features.SetUp;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.Dashboard;

public sealed class DashboardTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    [Theory]
    [EachDatabase(Roles.Standard, OrganizationType.Pharmacy, "Allowed")]
    [EachDatabase(Roles.Standard, OrganizationType.School, "Not allowed")]
    [EachDatabase(Roles.ViewOnly, OrganizationType.HealthCareProvider, "Not allowed")]
    [Scenario("S2-01")]
    public async Task It_says_what_this_person_may_do(Database database, Roles roles, OrganizationType type, string edit)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync(roles: roles, organization: await app.AddOrganizationAsync(type: type)));

        Assert.Equal("Allowed", Fact(browser, "View client information"));
        Assert.Equal(edit, Fact(browser, "Edit client information"));
    }

    [Theory, EachDatabase]
    [Scenario("S2-02")]
    public async Task Who_may_not_edit_is_told_their_own_administrators_and_nobody_elses(Database database)
    {
        var app = await apps.OnAsync(database);
        var organization = await app.AddOrganizationAsync();
        var administrator = await app.AddPersonAsync(roles: Roles.Administrator, organization: organization);
        var stranger = await app.AddPersonAsync(roles: Roles.Administrator);
        using var browser = await app.SignInAsync(await app.AddPersonAsync(roles: Roles.ViewOnly, organization: organization));

        Assert.Contains(administrator.Email, browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(stranger.Email, browser.Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Scenario("S2-02")]
    public async Task Where_nobody_administers_the_help_desk_is_who_to_ask(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync(roles: Roles.ViewOnly));

        var whom = browser.Document.QuerySelectorAll("section[aria-labelledby=you-may] li a");

        Assert.Equal("/help", Assert.Single(whom).GetAttribute("href"));
    }

    [Theory, EachDatabase]
    [Scenario("S2-40", "S2-41")]
    public async Task Help_and_guidance_are_on_every_page_and_the_help_page_has_the_code_and_the_contact(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.WriteAsync(async db =>
        {
            db.Registry.RemoveRange(db.Registry);
            db.Registry.Add(new Registry { DisplayName = "State Registry", HelpDeskName = "Registry Help", HelpDeskPhone = "+1 555 0100", HelpDeskEmail = "help@registry.example" });
            await db.SaveChangesAsync();
        });
        app.Services.GetRequiredService<RegistryProfile>().Forget();
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);

        foreach (var path in (string[])["/", "/account", "/help", "/guidance"])
        {
            await browser.OpenAsync(path);
            Assert.Equal("/help", browser.FormOf("help desk").Target.AbsolutePath);
            Assert.NotNull(browser.Document.QuerySelector("header a[href='/guidance']"));
        }

        await browser.ClickAsync("help desk");
        Assert.Contains(amina.Organization.Code, browser.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Registry Help", browser.Text, StringComparison.Ordinal);
        Assert.Contains("help@registry.example", browser.Text, StringComparison.Ordinal);
        Assert.Contains("+1 555 0100", browser.Text, StringComparison.Ordinal);
    }

    [Theory]
    [EachDatabase("en", "Your password expires on ", "Reconfirm your email address by ")]
    [EachDatabase("es", "Su contraseña caduca el ", "Reconfirmar su correo electrónico a más tardar el ")]
    [EachDatabase("fr", "Votre mot de passe expire le ", "Reconfirmer votre adresse e-mail au plus tard le ")]
    [Scenario("S2-15", "S2-16")]
    public async Task What_expires_does_so_on_a_day_and_what_is_to_be_done_is_due_by_one(Database database, string language, string expires, string toDo)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(change: account =>
        {
            account.Language = language;
            account.PasswordSetAt -= TimeSpan.FromDays(55);
            account.EmailConfirmedAt -= TimeSpan.FromDays(360);
        });

        using var browser = await app.SignInAsync(amina);

        Assert.Contains(expires, browser.Text, StringComparison.Ordinal);
        Assert.Contains(toDo, browser.Text, StringComparison.Ordinal);
    }

    private static string Fact(PersonBrowser browser, string name) =>
        browser.Document.QuerySelectorAll("dt").Single(term => term.TextContent == name).NextElementSibling!.TextContent;
}
