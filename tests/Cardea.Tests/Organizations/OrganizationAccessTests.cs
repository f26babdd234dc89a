using System.Net;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.Organizations;

/// <summary>Organizations are for operators; an administrator reads about the own one, and others are not there .</summary>
[Scenario("V8.2.1", "V8.2.2", "V8.4.1", "A-15")]
public sealed class OrganizationAccessTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private static readonly string[] Acts = ["edit", "deactivate", "reactivate"];

    [Theory]
    [EachDatabase(Roles.ViewOnly)]
    [EachDatabase(Roles.Standard)]
    [EachDatabase(Roles.ReportsOnly)]
    [EachDatabase(Roles.SchoolOrChildCare)]
    [EachDatabase(Roles.Administrator)]
    [EachDatabase(Roles.HelpDesk)]
    public async Task For_who_does_not_manage_organizations_the_pages_are_not_there(Database database, Roles roles)
    {
        var app = await apps.OnAsync(database);
        var (amina, other) = (await app.AddPersonAsync(roles: roles), await app.AddOrganizationAsync());
        using var browser = await app.SignInAsync(amina);

        foreach (var path in new[] { "/admin/organizations", "/admin/organizations/new", other.Page }
            .Concat(from organization in new[] { other, amina.Organization } from act in Acts select $"{organization.Page}/{act}"))
        {
            await browser.OpenAsync(path);
            Assert.Equal((path, HttpStatusCode.NotFound), (browser.Url, browser.Status));
        }

        await browser.OpenAsync(amina.Organization.Page);
        Assert.Equal(roles is Roles.Administrator ? HttpStatusCode.OK : HttpStatusCode.NotFound, browser.Status);
    }

    /// <summary>A form that was kept from better days does nothing.</summary>
    [Theory, EachDatabase]
    [Scenario("V8.3.2")]
    public async Task Who_was_an_operator_can_send_nothing_any_more(Database database)
    {
        var app = await apps.OnAsync(database);
        var clinic = await app.AddOrganizationAsync();
        var olga = await app.AddPersonAsync(roles: Roles.RegistryOperator);
        using var browser = await app.SignInAsync(olga);
        await browser.OpenAsync($"{clinic.Page}/deactivate");
        browser.Fill("Reason", "Closed");
        await app.WriteAsync(db => db.Memberships.Where(m => m.AccountId == olga.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Roles, Roles.Administrator)));

        await browser.ClickAsync("Deactivate");

        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        Assert.Null((await app.ReadAsync(clinic)).DeactivatedAt);
    }

    [Theory, EachDatabase]
    public async Task An_administrator_reads_about_the_own_organization_and_finds_nothing_to_press(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(roles: Roles.Administrator);
        await app.ChangeOrganizationAsync(await app.AddOrganizationAsync(), o => (o.ParentId, o.Name) = (amina.Organization.Id, "Branch Office"));
        using var browser = await app.SignInAsync(amina);

        await browser.OpenAsync(amina.Organization.Page);

        Assert.Equal(amina.Organization.Name, browser.Heading);
        Assert.Contains("Branch Office", browser.Text, StringComparison.Ordinal);
        Assert.Empty(browser.Document.QuerySelectorAll("main a, main button, main form"));
    }

    [Theory]
    [EachDatabase("00000000-0000-0000-0000-000000000000")]
    [EachDatabase("7")]
    [EachDatabase("x")]
    public async Task What_does_not_exist_is_not_found(Database database, string id)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInOperatorAsync();

        foreach (var path in new[] { "", "/edit", "/deactivate", "/reactivate" })
        {
            await browser.OpenAsync($"/admin/organizations/{id}{path}");
            Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        }
    }
}
