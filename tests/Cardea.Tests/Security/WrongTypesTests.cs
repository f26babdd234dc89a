using System.Net;
using System.Net.Http.Json;

namespace Cardea.Tests.Security;

/// <summary>What is not of the type of its field is nothing: it is neither bent into shape nor taken for something else.</summary>
[Scenario("V15.3.5")]
public sealed class WrongTypesTests(CardeaApps apps)
{
    [Theory]
    [EachDatabase("Input.RememberOrganization", "Input.RememberOrganization", "maybe")]
    [EachDatabase("__RequestVerificationToken", "Input.RememberOrganization", "maybe")]   // the form would come back with what was typed
    [EachDatabase("Input.Username", "Input.Username[0]", null)]
    [EachDatabase("Input.Username", "Input[Username]", null)]
    [EachDatabase("Input.Username", "Input.Username.Value", null)]
    [EachDatabase("Input.Password", "Input.Password[]", null)]
    public async Task A_field_of_another_shape_lets_nobody_in(Database database, string field, string sentAs, string? value)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        browser.Fill("Organization Code", amina.Organization.Code);
        browser.Fill("Username", amina.Username);
        browser.Fill("Password", amina.Password);
        var form = browser.FormOf("Login");
        value ??= form[field];
        form.Remove(field);
        form.Add(sentAs, value);

        await browser.SubmitAsync(form);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.NotNull(browser.Heading);
        Assert.Null(browser.Cookies["cardea-session"]);
        Assert.DoesNotContain(await app.AuditAsync(), entry => entry.SubjectId == amina.Id);
    }

    [Theory, EachDatabase]
    [Scenario("V15.3.7", "V14.2.1")]
    public async Task What_stands_in_the_address_is_no_field(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        browser.Fill("Organization Code", amina.Organization.Code);
        browser.Fill("Username", amina.Username);
        var form = browser.FormOf("Login");
        form.Remove("Input.Password");
        form.Target = new($"/sign-in?Input.Password={Uri.EscapeDataString(amina.Password)}", UriKind.Relative);

        await browser.SubmitAsync(form);

        Assert.Equal((HttpStatusCode.BadRequest, "Sign in"), (browser.Status, browser.Heading));
        Assert.Null(browser.Cookies["cardea-session"]);
    }

    [Theory, EachDatabase]
    public async Task A_form_sent_as_JSON_is_none(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        var form = browser.FormOf("Login");

        await browser.SendAsync(new(HttpMethod.Post, "/sign-in")
        {
            Headers = { { "Origin", "https://localhost" }, { "Sec-Fetch-Site", "same-origin" }, { "RequestVerificationToken", form["__RequestVerificationToken"] } },
            Content = JsonContent.Create(new { Input = new { OrganizationCode = amina.Organization.Code, amina.Username, amina.Password } }),
        });

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Null(browser.Cookies["cardea-session"]);
        Assert.DoesNotContain(await app.AuditAsync(), entry => entry.SubjectId == amina.Id);
    }
}
