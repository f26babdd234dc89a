using System.Net;
using Cardea.Features.Passwords;
using Cardea.Features.SignIn.Tries;

namespace Cardea.Tests.SignIn;

/// <summary>A press of the button whose answer never came: pressing again must be safe.</summary>
[Scenario("S0-04")]
public sealed class TryingAgainTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    /// <summary>The browser kept nothing of the lost answer, not even its cookies.</summary>
    [Theory, EachDatabase]
    public async Task A_success_whose_answer_got_lost_leads_to_the_session_it_made(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        var form = Filled(browser, amina);
        using (var lost = browser.Copy(app))
        {
            await lost.SubmitAsync(form);
        }

        await browser.SubmitAsync(form);

        Assert.Equal((HttpStatusCode.OK, "/"), (browser.Status, browser.Url));
        Assert.Equal(1, await app.ReadAsync(db => db.Sessions.CountAsync(s => s.AccountId == amina.Id)));
        Assert.All(await FailuresAsync(app), failures => Assert.Equal(0, failures));
    }

    /// <summary>The form was left on the screen of a shared computer while the answer was on its way.</summary>
    [Theory, EachDatabase, Scenario("X-02")]
    public async Task Who_types_another_name_into_a_form_that_was_sent_already_is_not_let_into_its_session(Database database)
    {
        var app = await apps.OnAsync(database);
        TestPerson amina = await app.AddPersonAsync(), ben = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        var form = Filled(browser, amina);
        await browser.SubmitAsync(form);
        Assert.Equal("/", browser.Url);

        form["Input.OrganizationCode"] = ben.Organization.Code;
        form["Input.Username"] = ben.Username;
        form["Input.Password"] = "Wrong#Password11";
        await browser.SubmitAsync(form);
        Assert.Equal("Invalid credentials", browser.Alert);

        form = browser.FormOf("Login");
        form["Input.OrganizationCode"] = ben.Organization.Code;
        form["Input.Username"] = ben.Username;
        form["Input.Password"] = ben.Password;
        await browser.SubmitAsync(form);
        Assert.Contains(ben.Organization.Code, browser.Text, StringComparison.Ordinal);
        Assert.NotNull(await app.ReadAsync(db => db.Sessions.Where(s => s.AccountId == amina.Id).Select(s => s.EndedAt).SingleAsync()));
    }

    [Theory, EachDatabase]
    public async Task The_same_form_sent_many_times_at_once_makes_one_session_and_every_sender_is_in(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        var form = Filled(browser, amina);
        PersonBrowser[] tabs = [.. Enumerable.Range(0, 4).Select(_ => browser.Copy(app))];

        await Task.WhenAll(tabs.Select(tab =>
        {
            tab.FollowsRedirects = false;
            return tab.SubmitAsync(form);
        }));

        Assert.All(tabs, tab => Assert.Equal((HttpStatusCode.Redirect, "/"), (tab.Status, tab.Header("Location"))));
        Assert.Equal(1, await app.ReadAsync(db => db.Sessions.CountAsync(s => s.AccountId == amina.Id)));
        Assert.All(await FailuresAsync(app), failures => Assert.Equal(0, failures));
    }

    /// <summary>What strangers have added to the sum is not given back by anybody's being right, however often and however fast.</summary>
    [Theory, EachDatabase]
    [Scenario("S0-08", "N-07", "V15.4.1")]
    public async Task Right_tries_at_once_take_only_what_came_from_here_off_the_sum(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync();
        foreach (var stranger in (string[])["198.51.100.1", "198.51.100.2", "198.51.100.3", "198.51.100.4"])
        {
            (await app.SignInAsync(amina, "Wrong#Password11", stranger)).Dispose();
        }

        PersonBrowser[] tabs = [app.OpenBrowser(), app.OpenBrowser(), app.OpenBrowser(), app.OpenBrowser()];
        await Task.WhenAll(tabs.Select(tab => tab.OpenAsync("/sign-in")));
        await Task.WhenAll(tabs.Select(tab => Task.Run(() => tab.SignInAsync(amina))));

        Assert.All(tabs, tab => Assert.Equal("/", tab.Url));
        Assert.Equal(4, await SumAsync());

        (await app.SignInAsync(amina, "Wrong#Password11")).Dispose();
        (await app.SignInAsync(amina, "Wrong#Password11")).Dispose();
        Assert.Equal(6, await SumAsync());
        (await app.SignInAsync(amina)).Dispose();
        Assert.Equal(4, await SumAsync());

        foreach (var tab in tabs)
        {
            tab.Dispose();
        }

        Task<int> SumAsync() => app.ReadAsync(db => db.SignInTries.Where(t => t.Source == SignInTry.AnySource).Select(t => t.Failures).SingleAsync());
    }

    /// <summary>The first answer arrived after all, then the person pressed once more in the page that still stood there.</summary>
    [Theory, EachDatabase]
    public async Task A_form_sent_again_by_who_is_in_already_goes_on_to_where_they_were_going(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/account");
        var form = Filled(browser, amina);
        await browser.SubmitAsync(form);
        using var hashes = new CountedHashes(app);

        await browser.SubmitAsync(form);

        Assert.Equal((HttpStatusCode.OK, "/account"), (browser.Status, browser.Url));
        Assert.Equal(0, hashes.Count);
        Assert.Equal(1, await app.ReadAsync(db => db.Sessions.CountAsync(s => s.AccountId == amina.Id)));
    }

    [Theory, EachDatabase]
    public async Task A_form_from_before_a_sign_out_signs_in_anew(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        var form = Filled(browser, amina);
        await browser.SubmitAsync(form);
        await browser.ClickAsync("Sign out");

        await browser.SubmitAsync(form);

        Assert.Equal((HttpStatusCode.OK, "/"), (browser.Status, browser.Url));
        Assert.Equal(2, await app.ReadAsync(db => db.Sessions.CountAsync(s => s.AccountId == amina.Id)));
    }

    /// <summary>Worked on without a pause until the whole limit came: leading back to that session would lead to its end.</summary>
    [Theory, EachDatabase]
    [Scenario("V7.3.2")]
    public async Task A_form_whose_session_has_reached_its_whole_limit_signs_in_anew(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        var form = Filled(browser, amina);
        using var worker = browser.Copy(app);
        await worker.SubmitAsync(form);
        foreach (var _ in Enumerable.Range(1, 35))
        {
            app.Clock.Advance(TimeSpan.FromMinutes(20));
            await worker.OpenAsync("/");
        }

        app.Clock.Advance(TimeSpan.FromMinutes(20));
        await browser.SubmitAsync(form);

        Assert.Equal((HttpStatusCode.OK, "/"), (browser.Status, browser.Url));
    }

    /// <summary>One computer, two people, one old form: each gets their own session, never the other's.</summary>
    [Theory, EachDatabase]
    public async Task A_form_that_somebody_else_used_before_makes_a_session_of_ones_own(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var ben = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        var form = Filled(browser, amina);
        using var other = browser.Copy(app);
        await browser.SubmitAsync(form);

        form["Input.OrganizationCode"] = ben.Organization.Code;
        form["Input.Username"] = ben.Username;
        await other.SubmitAsync(form);

        Assert.Equal((HttpStatusCode.OK, "/"), (other.Status, other.Url));
        Assert.Contains(ben.Organization.Code, other.Text, StringComparison.Ordinal);
        Assert.Equal(1, await app.ReadAsync(db => db.Sessions.CountAsync(s => s.AccountId == ben.Id)));
    }

    [Theory, EachDatabase]
    public async Task A_wrong_try_counts_once_for_each_time_it_was_evaluated(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        var form = Filled(browser, amina);
        form["Input.Password"] = "Wrong#Password11";

        await browser.SubmitAsync(form);
        Assert.Equal([1, 1], await FailuresAsync(app));

        await browser.SubmitAsync(form);
        Assert.Equal([2, 2], await FailuresAsync(app));
    }

    [Theory, EachDatabase]
    [Scenario("A-17", "V15.2.2")]
    public async Task A_server_that_is_too_busy_says_so_at_once_and_counts_nothing(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:Hashing:LongestQueue", "1"));
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        var form = Filled(browser, amina);

        using (app.Services.GetRequiredService<HashingGate>().TryEnter())
        {
            await browser.SubmitAsync(form);

            Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (browser.Status, browser.Header("Retry-After")));
            Assert.StartsWith("Very many people are signing in right now. Your try was not counted.", browser.Alert, StringComparison.Ordinal);
            Assert.Equal(amina.Username, browser.FormOf("Login")["Input.Username"]);
            Assert.Empty(await app.ReadAsync(db => db.SignInTries.ToListAsync()));
            Assert.Empty(await app.AuditAsync());
        }

        await browser.SignInAsync(amina);
        Assert.Equal("/", browser.Url);
    }

    /// <summary>The page carries what its script needs to say so after 10 and 20 seconds; the browser tests see it happen.</summary>
    [Fact]
    public async Task The_form_has_its_busy_words()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        using var browser = app.OpenBrowser();

        await browser.OpenAsync("/sign-in");

        Assert.NotNull(browser.Document.QuerySelector("#sign-in-form[data-busy]"));
        Assert.Contains("This is taking longer than usual.", browser.Html, StringComparison.Ordinal);
        Assert.Contains("The server is busy or your connection is poor. Refresh and try again.", browser.Html, StringComparison.Ordinal);
    }

    private static PageForm Filled(PersonBrowser browser, TestPerson person)
    {
        var form = browser.FormOf("Login");
        form["Input.OrganizationCode"] = person.Organization.Code;
        form["Input.Username"] = person.Username;
        form["Input.Password"] = person.Password;
        return form;
    }

    private static Task<List<int>> FailuresAsync(CardeaApp app) => app.ReadAsync(db => db.SignInTries.Select(t => t.Failures).ToListAsync());
}
