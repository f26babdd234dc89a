using System.Net;
using Cardea.Features.Passwords;
using Cardea.Tests.Recovery;

namespace Cardea.Tests.Passwords;

/// <summary>While a new password is typed, its page is asked how soon it would be guessed.</summary>
[Scenario("S2-11")]
public sealed class PasswordStrengthTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Handler = "?handler=Strength", New = "/forgot-password/new";

    [Theory]
    [EachDatabase("Password123!", "\"strength\":0")]
    [EachDatabase("Sunny#Wednesday43", "\"strength\":4")]
    [EachDatabase("", "\"strength\":0")]
    public async Task The_answer_is_a_number_and_a_word_and_nothing_is_changed(Database database, string typed, string answer)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync("/account/password");
        var before = await HashAsync(app, amina);

        await AskAsync(browser, "/account/password", typed);

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains(answer, browser.Html, StringComparison.Ordinal);
        Assert.Equal(before, await HashAsync(app, amina));
        Assert.DoesNotContain(app.Logs.Lines, line => typed.Length > 0 && line.Text.Contains(typed, StringComparison.Ordinal));
    }

    /// <summary>Judging costs milliseconds: nobody who may not choose a password gets them.</summary>
    [Theory]
    [EachDatabase("/account/password")]
    [EachDatabase("/sign-in/password")]
    [EachDatabase("/forgot-password/new")]
    [EachDatabase("/welcome")]
    [Scenario("A-17")]
    public async Task Who_may_not_choose_a_password_is_not_answered(Database database, string page)
    {
        var app = await apps.OnAsync(database);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");

        await AskAsync(browser, page, "Sunny#Wednesday43");

        Assert.DoesNotContain("strength\":", browser.Html, StringComparison.Ordinal);
    }

    /// <summary>After a link, whoever has proven it is answered, in the tab that shows for whom.</summary>
    [Theory, EachDatabase]
    [Scenario("S2-36")]
    public async Task A_form_for_somebody_elses_link_is_not_answered(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:PublicAddress", AppsWithLinks.PublicAddress));
        var (amina, ben) = (await app.AddForgetfulPersonAsync(), await app.AddForgetfulPersonAsync());
        using var browser = await app.OpenAndAnswerAsync(await app.AskForLinkAsync(amina));
        var aminas = browser.FormOf("Save");
        (aminas["Input.NewPassword"], aminas.Target) = ("Sunny#Wednesday43", new(aminas.Target, New + Handler));
        await browser.SubmitAsync(aminas);
        Assert.Contains("\"strength\":4", browser.Html, StringComparison.Ordinal);

        await browser.OpenAsync(await app.AskForLinkAsync(ben));
        await browser.AnswerAsync(TestPeople.Answer);
        Assert.Equal(New, browser.Url);
        await browser.SubmitAsync(aminas);

        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    [Fact]
    [Scenario("A-17")]
    public void A_megabyte_is_judged_by_its_beginning()
    {
        var common = new CommonPasswords();
        var beginning = "4@8({[<3690!1|$5+7%2";

        Assert.Equal(common.Strength(beginning + beginning), common.Strength(string.Concat(Enumerable.Repeat(beginning, 50_000))));
        Assert.Equal(0, common.Strength(new string('a', 40) + "Sunny#Wednesday43"));
    }

    private static Task AskAsync(PersonBrowser browser, string page, string typed)
    {
        var form = browser.FormOf(browser.Url.StartsWith("/account", StringComparison.Ordinal) ? "Save" : "Login");
        form["Input.NewPassword"] = typed;
        form.Target = new(form.Target, page + Handler);
        return browser.SubmitAsync(form);
    }

    private static Task<string?> HashAsync(CardeaApp app, TestPerson person) =>
        app.ReadAsync(db => db.Accounts.Where(account => account.Id == person.Id).Select(account => account.PasswordHash).SingleAsync());
}
