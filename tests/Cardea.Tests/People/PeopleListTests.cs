using System.Net;
using Cardea.Features.People;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.People;

/// <summary>Somebody is on the phone: who are they?</summary>
[Scenario("S2-20")]
public sealed class PeopleListTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    [Theory, EachDatabase]
    public async Task A_few_letters_of_a_name_username_address_or_organization_code_find_a_person(Database database)
    {
        var app = await apps.OnAsync(database);
        var desk = await app.AddHelpDeskAsync();
        var clinic = await app.AddOrganizationAsync($"LAKE{desk.Username.Length}{desk.Organization.Code}");
        var name = $"zoe{desk.Username}";
        var zoe = await app.AddPersonAsync(
            organization: clinic, username: name, change: account => (account.GivenName, account.FamilyName) = ("Zoë", $"O’Hara-{desk.Username}"));
        using var browser = await app.SignInAsync(desk);

        foreach (var typed in (string[])[$"ohara {desk.Username}", $"O'HARA-{desk.Username}", $"zoe ohara {desk.Username}", name, name.ToUpperInvariant(), $"{name}@CLINIC", clinic.Code, clinic.Code.ToLowerInvariant()[..6]])
        {
            await browser.OpenAsync("/admin/people");
            browser.Fill("Search", typed);
            await browser.ClickAsync("Find");

            Assert.Equal(HttpStatusCode.OK, browser.Status);
            Assert.Contains(zoe.Id.ToString(), browser.Html, StringComparison.Ordinal);
        }

        browser.Fill("Search", $"hara {desk.Username}");   // the middle of a name
        await browser.ClickAsync("Find");
        Assert.DoesNotContain(zoe.Id.ToString(), browser.Html, StringComparison.Ordinal);
        Assert.Contains("Nobody was found", browser.Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase, Scenario("A-15", "V8.2.2", "V8.4.1")]
    public async Task An_administrator_finds_the_people_of_the_own_organization_and_no_others(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        var ours = await app.AddPersonAsync(organization: olga.Organization);
        var theirs = await app.AddPersonAsync();
        var patient = await app.AddPersonAsync(organization: olga.Organization, audience: Features.Accounts.Audience.Patient, roles: Roles.None, username: $"p{olga.Username}@home.example");
        using var browser = await app.SignInAsync(olga);

        foreach (var address in (string[])["/admin/people", "/admin/people?search=diallo", $"/admin/people?search={theirs.Username}", $"/admin/people?search={theirs.Organization.Code}", "/admin/people?order=Newest"])
        {
            await browser.OpenAsync(address);

            Assert.DoesNotContain(theirs.Id.ToString(), browser.Html, StringComparison.Ordinal);
            Assert.DoesNotContain(patient.Id.ToString(), browser.Html, StringComparison.Ordinal);
        }

        await browser.OpenAsync("/admin/people?search=diallo");
        Assert.Contains(ours.Id.ToString(), browser.Html, StringComparison.Ordinal);
    }

    [Theory, EachDatabase, Scenario("V8.2.1", "V8.3.1")]
    public async Task Who_manages_nobody_has_no_list(Database database)
    {
        var app = await apps.OnAsync(database);
        foreach (var roles in (Roles[])[Roles.ViewOnly, Roles.SchoolOrChildCare, Roles.Standard, Roles.ReportsOnly])
        {
            using var browser = await app.SignInAsync(await app.AddPersonAsync(roles: roles));
            foreach (var address in (string[])["/admin/people", "/admin/people/export", "/admin/people/new"])
            {
                await browser.OpenAsync(address);
                Assert.Equal(HttpStatusCode.NotFound, browser.Status);
            }
        }
    }

    [Theory, EachDatabase]
    public async Task Pages_follow_each_other_without_a_gap_or_a_repetition_in_every_order(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        for (var number = 0; number < (2 * PeopleList.PageSize) + 3; number++)
        {
            await app.AddPersonAsync(organization: olga.Organization, kind: PersonKind.New);   // all of one name
        }

        using var browser = await app.SignInAsync(olga);
        foreach (var order in Enum.GetValues<PeopleOrder>())
        {
            await browser.OpenAsync($"/admin/people?order={order}");
            var seen = Shown(browser);
            for (var page = 2; page <= 3; page++)
            {
                await browser.FollowAsync("Next page");
                seen = [.. seen, .. Shown(browser)];
            }

            Assert.Equal((2 * PeopleList.PageSize) + 4, seen.Count);
            Assert.Equal(seen.Count, seen.Distinct().Count());
            Assert.DoesNotContain(browser.Document.QuerySelectorAll("a[rel=next]"), _ => true);
        }
    }

    [Theory, EachDatabase, Scenario("S0-07", "S2-16", "S2-18", "S2-34")]
    public async Task Each_filter_shows_those_in_its_state(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        var clinic = olga.Organization;
        var now = app.Clock.GetUtcNow();
        var fresh = await app.AddPersonAsync(PersonKind.New, organization: clinic);
        var amina = await app.AddPersonAsync(organization: clinic, roles: Roles.ViewOnly);
        var locked = await app.AddPersonAsync(organization: clinic);
        var disabled = await app.AddPersonAsync(organization: clinic, change: account => account.DisabledAt = now);
        var inactive = await app.AddPersonAsync(organization: clinic, change: account => account.InactivatedAt = now);
        var expired = await app.AddPersonAsync(organization: clinic, change: account => account.PasswordSetAt = now.AddDays(-60));
        var deleted = await app.AddPersonAsync(organization: clinic, change: account => account.DeletedAt = account.DisabledAt = now);
        var hardLocked = await app.AddPersonAsync(organization: clinic);
        await app.WriteAsync(async db =>
        {
            db.Add(new Features.Recovery.AnswerTry { AccountId = hardLocked.Id, Wrong = 3, Answered = 0 });
            await db.SaveChangesAsync();
        });
        await app.WriteAsync(db => db.AccountActivity
            .Where(a => a.AccountId != fresh.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.LastSignInCompletedAt, now)));
        await FailAsync(app, locked);
        using var browser = await app.SignInAsync(olga);

        await ShouldShowAsync(PeopleFilter.New, [fresh]);
        await ShouldShowAsync(PeopleFilter.InvitationPending, [fresh]);
        await ShouldShowAsync(PeopleFilter.Active, [olga, amina, locked, expired, hardLocked]);
        await ShouldShowAsync(PeopleFilter.Locked, [locked]);
        await ShouldShowAsync(PeopleFilter.HardLocked, [hardLocked]);
        await ShouldShowAsync(PeopleFilter.Disabled, [disabled]);
        await ShouldShowAsync(PeopleFilter.Inactive, [inactive]);
        await ShouldShowAsync(PeopleFilter.Expired, [expired]);
        await ShouldShowAsync(PeopleFilter.NoSecondFactor, [fresh, amina, locked, disabled, inactive, expired, hardLocked]);
        await ShouldShowAsync(PeopleFilter.MayOnlyView, [olga, amina]);
        await ShouldShowAsync(PeopleFilter.MayEdit, [fresh, locked, disabled, inactive, expired, hardLocked]);
        await ShouldShowAsync(PeopleFilter.Deleted, [deleted]);
        await ShouldShowAsync(PeopleFilter.All, [olga, fresh, amina, locked, disabled, inactive, expired, hardLocked]);

        async Task ShouldShowAsync(PeopleFilter filter, TestPerson[] people)
        {
            string Line(IEnumerable<Guid> ids) => $"{filter}: {string.Join(", ", ids.Order())}";
            await browser.OpenAsync($"/admin/people?filter={filter}");
            Assert.Equal(Line(people.Select(person => person.Id)), Line(Shown(browser)));

            await browser.OpenAsync($"/admin/people?filter={filter}&search=diallo");
            Assert.Equal(Line(people.Select(person => person.Id)), Line(Shown(browser)));
        }
    }

    [Theory, EachDatabase]
    public async Task A_page_that_nobody_was_given_is_the_first(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        using var browser = await app.SignInAsync(olga);

        foreach (var after in (string[])["x", "%00", "AAAA", new string('A', 5000), "MDE5NQ"])
        {
            await browser.OpenAsync($"/admin/people?after={after}");
            Assert.Equal((HttpStatusCode.OK, 1), (browser.Status, Shown(browser).Count));
        }
    }

    [Theory, EachDatabase, Scenario("S2-10", "S2-07")]
    public async Task People_are_found_by_what_they_are_called_now(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        var amina = await app.AddPersonAsync(organization: olga.Organization);
        using var browser = await app.SignInAsync(olga);
        await browser.OpenAsync($"/admin/people/{amina.Id}/edit");

        browser.Fill("Last name", "Nakamura");
        browser.Fill("Username", $"n{amina.Username}");
        browser.Fill("Email address", "nakamura@clinic.example");
        await browser.ClickAsync("Save");

        Assert.Contains("The changes are saved.", browser.Text, StringComparison.Ordinal);
        foreach (var (typed, count) in ((string, int)[])[("nakamura", 1), ($"n{amina.Username}", 1), ("nakamura@", 1), ($"diallo amina", 1), (amina.Username, 0)])
        {
            await browser.OpenAsync($"/admin/people?search={Uri.EscapeDataString(typed)}");
            Assert.Equal((typed, count), (typed, Shown(browser).Count));
        }
    }

    /// <summary>Of the people on the page.</summary>
    private static IReadOnlyList<Guid> Shown(PersonBrowser browser) =>
        [.. browser.Document.QuerySelectorAll("tbody th a").Select(link => Guid.Parse(link.GetAttribute("href")!.Split('/')[^1]))];

    private static async Task FailAsync(CardeaApp app, TestPerson person)
    {
        using var stranger = app.OpenBrowser("198.51.100.9");
        for (var tries = 0; tries < 5; tries++)
        {
            await stranger.OpenAsync("/sign-in");
            await stranger.SignInAsync(person, "Wrong#Password11");
        }
    }
}
