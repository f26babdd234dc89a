using Cardea.Data;
using Cardea.Features.SignIn;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;
using Cardea.Tests.SecondFactors;

namespace Cardea.Tests.FurtherOrganizations;

/// <summary>Where no code of an organization is typed, whoever works for several says for which one, before anything that depends on it.</summary>
public sealed class ChooseOrganizationTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Page = "/sign-in/organization", Legend = "Please select the facility in which you are working for this session";

    [Theory, EachDatabase]
    public async Task The_first_thing_after_the_password_is_to_say_for_which_one(Database database)
    {
        var app = await apps.OnAsync(database, "clinic");
        var (amina, further) = await AddPersonAsync(app, Roles.Standard | Roles.ReportsOnly);
        using var browser = await app.SignInByEmailAsync(amina);
        Assert.Equal(Page, browser.Url);
        Assert.Contains(Legend, browser.Text, StringComparison.Ordinal);
        Assert.Contains(further.Code, browser.Text, StringComparison.Ordinal);
        await browser.OpenAsync("/account");
        Assert.StartsWith(Page, browser.Url, StringComparison.Ordinal);   // nothing before it

        await browser.ClickAsync("Continue");
        Assert.Contains("Select the facility in which you are working.", browser.Alert, StringComparison.Ordinal);
        await browser.ChooseAsync(further);

        Assert.Equal("/account", browser.Url);
        Assert.Equal((further.Code, Roles.Standard | Roles.ReportsOnly), await app.WorksForAsync(browser));
        await browser.OpenAsync(Page);
        Assert.Equal("/", browser.Url);   // chosen once
        var chosen = Assert.Single(await app.AuditAsync(), entry => entry.SubjectId == amina.Id && entry.Name == "session.organization_chosen.v1");
        Assert.Equal(further.Id, chosen.OrganizationId);
    }

    [Theory, EachDatabase]
    public async Task Home_can_be_chosen_too_and_each_sign_in_asks_afresh(Database database)
    {
        var app = await apps.OnAsync(database, "clinic");
        var (amina, further) = await AddPersonAsync(app, Roles.Administrator, Roles.ViewOnly);
        using var browser = await app.SignInByEmailAsync(amina);
        await browser.ChooseAsync(amina.Organization);
        Assert.Equal(("/", (amina.Organization.Code, Roles.ViewOnly)), (browser.Url, await app.WorksForAsync(browser)));

        using var there = await app.SignInByEmailAsync(amina);
        await there.ChooseAsync(further);
        Assert.StartsWith("/sign-in/second-factor-set-up", there.Url, StringComparison.Ordinal);   // an administrator there
        Assert.Contains("Facility", there.Text, StringComparison.Ordinal);   // among the steps
    }

    [Theory, EachDatabase]
    public async Task Whoever_has_one_organization_is_not_asked(Database database)
    {
        var app = await apps.OnAsync(database, "clinic");
        var amina = await app.AddPersonByEmailAsync();

        using var browser = await app.SignInByEmailAsync(amina);

        Assert.Equal("/", browser.Url);
    }

    [Theory, EachDatabase, Scenario("A-15")]
    public async Task Only_what_is_offered_can_be_chosen(Database database)
    {
        var app = await apps.OnAsync(database, "clinic");
        var (amina, further) = await AddPersonAsync(app);
        var strange = await app.AddOrganizationAsync();
        using var browser = await app.SignInByEmailAsync(amina);

        await browser.ChooseAsync(strange);
        Assert.Contains("You no longer have access to that facility.", browser.Alert, StringComparison.Ordinal);

        await app.EndAccessAsync(amina, further);
        await browser.ChooseAsync(further);
        Assert.Contains("You no longer have access to that facility.", browser.Alert, StringComparison.Ordinal);
        await browser.ChooseAsync(amina.Organization);
        Assert.Equal(("/", amina.Organization.Code), (browser.Url, (await app.WorksForAsync(browser)).Code));
    }

    [Theory, EachDatabase]
    public async Task Of_two_choices_at_once_one_holds(Database database)
    {
        var app = await apps.OnAsync(database, "clinic");
        var (amina, further) = await AddPersonAsync(app);
        using var browser = await app.SignInByEmailAsync(amina);
        var person = await app.PersonOfAsync(browser);

        var outcomes = await Task.WhenAll(new[] { amina.Organization.Id, further.Id }.Select(id => Task.Run(() =>
            app.RunAsync<ChooseOrganization, ChooseOrganizationOutcome>(o => o.RunAsync(person, id, CancellationToken.None)))));

        Assert.Equal([ChooseOrganizationOutcome.Chosen, ChooseOrganizationOutcome.WasChosenBefore], outcomes.Order());
        Assert.Single(await app.AuditAsync(), entry => entry.SubjectId == amina.Id && entry.Name == "session.organization_chosen.v1");
    }

    [Theory, EachDatabase]
    public async Task A_deactivated_organization_is_not_offered(Database database)
    {
        var app = await apps.OnAsync(database, "clinic");
        var (amina, further) = await AddPersonAsync(app);
        await app.WriteAsync(db => db.Organizations.Where(o => o.Id == further.Id).ExecuteUpdateAsync(set => set.SetProperty(o => o.DeactivatedAt, app.Clock.Now)));

        using var browser = await app.SignInByEmailAsync(amina);

        Assert.Equal("/", browser.Url);
    }

    /// <summary>A device is remembered by the days of the home organization alone; what another one would say is not known before it is chosen.</summary>
    [Theory, EachDatabase, Scenario("S1-08", "N-14")]
    public async Task What_the_device_remembers_holds_at_home_alone(Database database)
    {
        var app = await apps.OnAsync(database, "clinic");
        var (amina, further) = await AddPersonAsync(app);
        await app.AskForSecondFactorAsync(amina.Organization, OrganizationMethod.UsersChoose, 30);
        var phone = await app.AddAuthenticatorAsync(amina);
        using var browser = await app.SignInByEmailAsync(amina);
        await browser.ChooseAsync(amina.Organization);
        browser.Fill("Do not ask again on this device for 30 days Not on a device that others use, too.", "yes");
        await browser.EnterCodeAsync(phone.Code());
        Assert.Equal("/", browser.Url);

        Assert.Equal("/", await SignInAgainAsync(amina.Organization));
        Assert.Equal("/sign-in/second-factor", await SignInAgainAsync(further));

        async Task<string> SignInAgainAsync(TestOrganization organization)
        {
            await browser.ClickAsync("Sign out");
            await browser.OpenAsync("/sign-in");
            await browser.SignInByEmailAsync(amina.Email, amina.Password);
            await browser.ChooseAsync(organization);
            return browser.Url;
        }
    }

    [Theory, EachDatabase]
    public async Task Such_a_sign_in_takes_no_more_statements_than_any_other(Database database)
    {
        var app = await apps.OnAsync(database, "clinic");
        var (amina, _) = await AddPersonAsync(app);
        (await app.SignInByEmailAsync(amina)).Dispose();   // what is read once and kept is there
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        browser.FollowsRedirects = false;
        app.Statements.Clear();

        await browser.SignInByEmailAsync(amina.Email, amina.Password);

        Assert.Equal(Page, browser.Header("Location"));
        Assert.InRange(app.Statements.TextsOfRequests.Count, 1, 6);
    }

    private static async Task<(TestPerson Person, TestOrganization Further)> AddPersonAsync(CardeaApp app, Roles there = Roles.Standard, Roles atHome = Roles.Standard)
    {
        var amina = await app.AddPersonByEmailAsync(atHome);
        var further = await app.AddOrganizationAsync();
        await app.GiveAccessAsync(amina, further, there);
        return (amina, further);
    }
}
