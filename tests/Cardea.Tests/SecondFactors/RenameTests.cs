using System.Net;
using Cardea.Rules.SecondFactors;

namespace Cardea.Tests.SecondFactors;

/// <summary>What people do to tell their factors apart: name them.</summary>
[Scenario("S2-10")]
public sealed class RenameTests(CardeaApps apps)
{
    private const string Page = "/account/security";

    [Theory, EachDatabase, Scenario("A-25")]
    public async Task A_name_tells_one_from_another_wherever_they_are_listed_and_may_be_taken_away(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        await app.AddFactorAsync(amina, FactorKinds.Email);
        await app.AddFactorAsync(amina, FactorKinds.Email);
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync(Page);

        await browser.FollowAsync("Rename Emails");
        Assert.Equal("Name this way", browser.Heading);
        Assert.Equal("", browser.Field("Name (optional)").GetAttribute("value") ?? "");
        browser.Fill("Name (optional)", " <b>front</b>  desk ");
        await browser.ClickAsync("Save");

        Assert.Equal(Page, browser.Url);
        Assert.Contains("Emails “<b>front</b> desk” Added", browser.Text, StringComparison.Ordinal);
        await browser.FollowAsync("Remove Emails “<b>front</b> desk”");
        Assert.Contains("in this way: Emails “<b>front</b> desk”.", browser.Text, StringComparison.Ordinal);
        await browser.OpenAsync(Page);
        await browser.FollowAsync("Rename Emails “<b>front</b> desk”");
        Assert.Equal("<b>front</b>  desk", browser.Field("Name (optional)").GetAttribute("value"));
        browser.Fill("Name (optional)", "  ");
        await browser.ClickAsync("Save");
        Assert.Equal(0, await app.ReadAsync(db => db.Factors.CountAsync(f => f.AccountId == amina.Id && f.Name != null)));

        var audit = (await app.AuditAsync()).Where(entry => entry.Name == "factor.renamed.v1" && entry.SubjectId == amina.Id).ToList();
        Assert.Equal(2, audit.Count);
        Assert.DoesNotContain(audit, entry => entry.Payload.Contains("desk", StringComparison.Ordinal));
    }

    [Theory]
    [EachDatabase("a\u202Eb")]
    [EachDatabase("1234567890123456789012345678901234567890123456789012345678901")]
    [Scenario("A-18", "W-3.3.1")]
    public async Task A_name_that_cannot_be_shown_is_refused_at_its_field_and_kept(Database database, string typed)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        await app.AddFactorAsync(amina, FactorKinds.Email);
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync($"{Page}/rename?factor={(await app.FactorOfAsync(amina)).Id}");

        browser.Fill("Name (optional)", typed);
        await browser.ClickAsync("Save");

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("Use at most 60 letters, digits and signs", browser.Alert, StringComparison.Ordinal);
        Assert.Equal(typed, browser.Field("Name (optional)").GetAttribute("value"));
        Assert.Null((await app.FactorOfAsync(amina)).Name);
    }

    [Theory, EachDatabase, Scenario("A-12", "V8.2.1")]
    public async Task The_factor_of_somebody_else_or_one_that_is_gone_is_not_found(Database database)
    {
        var app = await apps.OnAsync(database);
        var (amina, ben) = (await app.AddPersonAsync(), await app.AddPersonAsync());
        await app.AddFactorAsync(amina, FactorKinds.Email);
        await app.AddFactorAsync(ben, FactorKinds.Email);
        var (hers, his) = ((await app.FactorOfAsync(amina)).Id, (await app.FactorOfAsync(ben)).Id);
        using var browser = await app.SignInAsync(ben);
        await browser.OpenAsync($"{Page}/rename?factor={hers}");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);

        await browser.OpenAsync($"{Page}/rename?factor={his}");
        browser.Fill("Name (optional)", "mine");
        var form = browser.FormOf("Save");
        form.Target = new Uri(form.Target, $"{Page}/rename?factor={hers}");
        await browser.SubmitAsync(form);
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        Assert.Null((await app.FactorOfAsync(amina)).Name);

        await app.WriteAsync(db => db.Factors.Where(f => f.Id == his).ExecuteUpdateAsync(set => set.SetProperty(f => f.RemovedAt, app.Clock.GetUtcNow())));
        form.Target = new Uri(form.Target, $"{Page}/rename?factor={his}");
        await browser.SubmitAsync(form);
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    [Theory]
    [EachDatabase("rename", "Save")]
    [EachDatabase("remove", "Remove")]
    [Scenario("A-09")]
    public async Task A_form_that_is_too_old_comes_back_about_the_same_factor(Database database, string page, string button)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        await app.AddFactorAsync(amina, FactorKinds.Email);
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync($"{Page}/{page}?factor={(await app.FactorOfAsync(amina)).Id}");
        var form = browser.FormOf(button);
        form["__RequestVerificationToken"] = "old";

        await browser.SubmitAsync(form);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.NotNull(browser.Alert);
        await browser.ClickAsync(button);
        Assert.Equal(Page, browser.Url);
        Assert.Equal(page == "remove", (await app.FactorOfAsync(amina)).RemovedAt is not null);
    }
}
