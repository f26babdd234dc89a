using Cardea.Features.Accounts;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.SignIn;

/// <summary>What people type to say who they are, in each preset, with an account made as an administrator makes it.</summary>
[Scenario("S0-03", "S1-10", "S2-04")]
public sealed class PresetTests
{
    [Theory]
    [EachDatabase("miic", "Username", "amina", "amina")]
    [EachDatabase("clinical-portal", "Username", "amina", "amina")]
    [EachDatabase("clinic", "Email Address", "amina.diallo@clinic.example", "amina.diallo@clinic.example")]
    [EachDatabase("clinic", "Email Address", "amina.diallo@clinic.example", "Amina.Diallo@CLINIC.example")]   // email addresses compare without case
    [EachDatabase("nist", "Email Address", "amina.diallo@clinic.example", "amina.diallo@clinic.example")]
    public async Task A_person_signs_in_with_what_the_preset_asks_for(Database database, string preset, string label, string name, string typed)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:Policy", preset));
        var organization = await app.AddOrganizationAsync();
        var created = await app.RunAsync<CreateAccount, CreateAccountOutcome>(create => create.RunAsync(
            organization.Code, new("amina", "Amina", "Diallo", "amina.diallo@clinic.example", Roles.Standard), TestContext.Current.CancellationToken));
        var account = Assert.IsType<CreateAccountOutcome.Created>(created);
        Assert.Equal(name, account.SignInName);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        if (preset == "miic")
        {
            browser.Fill("Organization Code", organization.Code);
        }

        browser.Fill(label, typed);
        browser.Fill("Password", account.TemporaryPassword);
        await browser.ClickAsync("Login");

        Assert.Equal("/sign-in/password", browser.Url);
        var found = await app.RunAsync<AccountFinder, FoundAccount?>(
            finder => finder.FindAsync(Audience.Staff, organization.Code, typed, TestContext.Current.CancellationToken));
        Assert.Equal(new(account.AccountId, organization.Id), found);   // as administrators mean them
    }

    [Theory]
    [EachDatabase("clinical-portal", "AMINA")]
    [EachDatabase("clinical-portal", "amina ")]
    public async Task A_username_is_exact_in_every_preset(Database database, string preset, string typed)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:Policy", preset));
        var organization = await app.AddOrganizationAsync();
        var created = await app.RunAsync<CreateAccount, CreateAccountOutcome>(create => create.RunAsync(
            organization.Code, new("amina", "Amina", "Diallo", "amina.diallo@clinic.example", Roles.Standard), TestContext.Current.CancellationToken));
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        browser.Fill("Username", typed);
        browser.Fill("Password", Assert.IsType<CreateAccountOutcome.Created>(created).TemporaryPassword);

        await browser.ClickAsync("Login");

        Assert.Equal("Invalid credentials", browser.Alert);
    }
}
