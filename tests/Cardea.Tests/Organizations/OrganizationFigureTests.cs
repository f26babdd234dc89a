using Cardea.Features.Accounts;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;

namespace Cardea.Tests.Organizations;

public sealed class OrganizationFigureTests
{
    [Theory, EachDatabase]
    public async Task People_are_counted_where_they_belong(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var clinic = await app.AddOrganizationAsync();
        await app.AddPersonAsync(organization: clinic, change: account => account.DisabledAt = app.Clock.GetUtcNow());
        await app.AddPersonAsync(organization: clinic, change: account => account.DeletedAt = account.DisabledAt = app.Clock.GetUtcNow());
        await app.AddPersonAsync(organization: clinic, change: account => account.InactivatedAt = app.Clock.GetUtcNow());
        await app.AddPersonAsync(organization: clinic, change: account => account.PasswordSetAt = app.Clock.GetUtcNow().AddDays(-50));
        await app.AddPersonAsync(organization: clinic, change: account => account.PasswordSetAt = app.Clock.GetUtcNow().AddDays(-60));   // has expired already
        await app.AddFactorAsync(await app.AddPersonAsync(organization: clinic), FactorKinds.Email);
        await app.AddPatientAsync(organization: clinic);
        await app.AddPersonAsync();   // of another one
        var locked = await app.AddPersonAsync(organization: clinic);
        for (var failure = 0; failure < 5; failure++)
        {
            using var wrong = await app.SignInAsync(locked, "Wrong#Password42");
        }

        (await app.SignInAsync(await app.AddPersonAsync(organization: clinic))).Dispose();
        var beforeMonth = await app.AddPersonAsync(organization: clinic);
        await app.WriteAsync(db => db.AccountActivity.Where(a => a.AccountId == beforeMonth.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.LastSignInCompletedAt, new DateTimeOffset(2026, 3, 1, 5, 59, 0, TimeSpan.Zero))));   // still February in Chicago

        using var browser = await app.SignInOperatorAsync();
        await browser.OpenAsync(clinic.Page);

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["All"] = "8",
                ["Signed in this month"] = "1",
                ["Locked now"] = "1",
                ["Password about to expire"] = "1",
                ["Without second factor"] = "6",
                ["Inactive"] = "1",
                ["Disabled"] = "1",
            },
            Figures(browser));
    }

    [Theory, EachDatabase]
    public async Task Where_nobody_works_all_is_nothing_and_where_no_password_expires_none_is_counted(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:Policy", "nist"), ("Cardea:SignIn:Identifier", "OrganizationCodeAndUsername"));
        var clinic = await app.AddOrganizationAsync();
        using var browser = await app.SignInOperatorAsync();

        await browser.OpenAsync(clinic.Page);

        Assert.Equal(["All", "Signed in this month", "Locked now", "Without second factor", "Inactive", "Disabled"], Figures(browser).Keys);
        Assert.All(Figures(browser).Values, count => Assert.Equal("0", count));
    }

    private static Dictionary<string, string> Figures(PersonBrowser browser) => browser.Document.QuerySelectorAll("#figures tbody tr").ToDictionary(
        row => row.QuerySelector("th")!.TextContent, row => row.QuerySelector("td")!.TextContent);
}
