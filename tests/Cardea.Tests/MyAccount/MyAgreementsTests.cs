using System.Net;

namespace Cardea.Tests.MyAccount;

/// <summary>What was accepted can be read again, and printed, in the words that were accepted.</summary>
[Scenario("S2-10", "S2-05", "I-03")]
public sealed class MyAgreementsTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Page = "/account/agreements";

    [Theory, EachDatabase]
    public async Task Each_acceptance_leads_to_the_very_words_and_not_to_those_in_force_now(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        await app.PublishAgreementsAsync();
        var amina = await app.AddPersonAsync();
        await app.PublishAgreementsAsync();
        app.BeginAnew();
        using var browser = await app.SignInAsync(amina);
        await browser.ClickAsync("Español");   // the newer version is accepted in another language
        await browser.ClickAsync("Aceptar");
        await browser.ClickAsync("English");

        await browser.OpenAsync(Page);
        var links = browser.Document.QuerySelectorAll(".holdings a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.Equal(["User agreement (es)", "User agreement (en)"], browser.Document.QuerySelectorAll(".holdings a").Select(link => link.TextContent));
        Assert.Contains("Version 2", browser.Text, StringComparison.Ordinal);

        await browser.OpenAsync(links[1]);
        Assert.Equal("User agreement (en)", browser.Heading);
        Assert.Contains("Of version 1.", browser.Text, StringComparison.Ordinal);
        Assert.Contains("Amina Diallo", browser.Text, StringComparison.Ordinal);
        var hash = await app.ReadAsync(db => db.AgreementAcceptances.Where(a => a.AccountId == amina.Id && a.Language == "en").Select(a => a.TextHash).SingleAsync());
        Assert.Contains(hash, browser.Text, StringComparison.Ordinal);

        await browser.OpenAsync(links[0]);
        Assert.Equal("es", browser.Document.QuerySelector("h1")!.GetAttribute("lang"));
        Assert.Contains("Of version 2.", browser.Text, StringComparison.Ordinal);
    }

    /// <summary>Ids are no secrets, and swapping them is the first thing that is tried.</summary>
    [Theory, EachDatabase]
    [Scenario("A-15")]
    public async Task Somebody_elses_acceptance_is_not_there(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        await app.PublishAgreementsAsync();
        var (amina, ben) = (await app.AddPersonAsync(), await app.AddPersonAsync());
        var bens = await app.ReadAsync(db => db.AgreementAcceptances.Where(a => a.AccountId == ben.Id).Select(a => a.Id).SingleAsync());
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync(Page);
        Assert.Single(browser.Document.QuerySelectorAll(".holdings a"));

        foreach (var id in (string[])[bens.ToString(), Guid.Empty.ToString(), "nothing", ""])
        {
            await browser.OpenAsync($"{Page}/text?accepted={id}");
            Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        }
    }

    [Theory, EachDatabase]
    public async Task Who_has_accepted_nothing_is_told_so(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());

        await browser.OpenAsync(Page);

        Assert.Contains("You have not accepted any agreement yet.", browser.Text, StringComparison.Ordinal);
    }
}
