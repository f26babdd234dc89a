using System.Net;
using Cardea.Features.AccessReview;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.AccessReview;

/// <summary>Once a year somebody says of each person that they still need their access.</summary>
[Scenario("H-01")]
public sealed class AccessReviewTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private static readonly (string Key, string Value) EndsAfterThirtyDays = ("Cardea:AccessReview:EndsAfter", "30.00:00:00");

    [Theory, EachDatabase, Scenario("V8.2.1")]
    public async Task An_administrator_confirms_those_who_are_due_and_the_others_stay_listed(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddPersonAsync(roles: Roles.Administrator);
        var (amina, ben, fresh) = (await app.AddPersonAsync(organization: olga.Organization), await app.AddPersonAsync(organization: olga.Organization), await app.AddPersonAsync(organization: olga.Organization));
        await ConfirmedAsync(app, daysAgo: 365, olga, amina, ben);
        await ConfirmedAsync(app, daysAgo: 364, fresh);
        using var browser = await app.SignInAsync(olga);
        await browser.OpenAsync("/admin/people");
        await browser.FollowAsync("Access review");
        Assert.Equal(2, browser.Document.QuerySelectorAll("tbody tr").Length);   // not oneself, and not who was confirmed a day less than a year ago

        await browser.ClickAsync("Confirm those that are ticked");
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("Tick at least one person.", browser.Alert, StringComparison.Ordinal);

        var form = browser.FormOf("Confirm those that are ticked");
        form.Add("Input.Accounts", amina.Id.ToString());
        await browser.SubmitAsync(form);

        Assert.Contains("Confirmed: 1.", browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(amina.Username, browser.Text, StringComparison.Ordinal);
        Assert.Contains(ben.Username, browser.Text, StringComparison.Ordinal);
        Assert.Contains(await app.AuditAsync(), e => e.Name == "access.confirmed.v1" && e.SubjectId == amina.Id && e.ActorId == olga.Id.ToString());
    }

    [Theory, EachDatabase, Scenario("A-15", "A-19", "V8.4.1")]
    public async Task Nobody_confirms_themselves_those_of_others_or_those_above(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddPersonAsync(roles: Roles.Administrator);
        var (stranger, desk) = (await app.AddPersonAsync(), await app.AddPersonAsync(roles: Roles.HelpDesk, organization: olga.Organization));
        var amina = await app.AddPersonAsync(organization: olga.Organization);
        await ConfirmedAsync(app, daysAgo: 400, olga, stranger, desk, amina);
        using var browser = await app.SignInAsync(olga);
        await browser.OpenAsync(IndexModel.Path);
        var form = browser.FormOf("Confirm those that are ticked");
        foreach (var id in (string[])[olga.Id.ToString(), stranger.Id.ToString(), desk.Id.ToString(), "nobody", amina.Id.ToString(), amina.Id.ToString()])
        {
            form.Add("Input.Accounts", id);
        }

        await browser.SubmitAsync(form);

        Assert.Contains("Confirmed: 1.", browser.Text, StringComparison.Ordinal);
        Assert.Equal([amina.Id], (await app.AuditAsync()).Where(e => e.Name == "access.confirmed.v1" && e.ActorId == olga.Id.ToString()).Select(e => e.SubjectId!.Value));
        await browser.OpenAsync($"{IndexModel.Path}?organization={stranger.Organization.Code}");
        Assert.DoesNotContain(stranger.Username, browser.Text, StringComparison.Ordinal);

        using var desks = await app.SignInAsync(desk);
        await desks.OpenAsync($"{IndexModel.Path}?organization={stranger.Organization.Code}");
        Assert.Contains(stranger.Username, desks.Text, StringComparison.Ordinal);
        await desks.OpenAsync($"{IndexModel.Path}?organization=NOWHERE");
        Assert.Contains("There is no organization with this code.", desks.Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase, Scenario("X-05", "X-03")]
    public async Task Unconfirmed_access_ends_only_where_the_policy_says_so_and_never_that_of_the_last_operator(Database database)
    {
        foreach (var ends in (bool[])[false, true])
        {
            await using var app = await CardeaApp.StartAsync(database, ends ? [EndsAfterThirtyDays] : []);
            var oren = await app.AddPersonAsync(roles: Roles.RegistryOperator);
            var (late, nearly) = (await app.AddPersonAsync(), await app.AddPersonAsync());
            await ConfirmedAsync(app, daysAgo: 395, oren, late);
            await ConfirmedAsync(app, daysAgo: 394, nearly);
            using var browser = await app.SignInAsync(late);

            await Task.WhenAll(RunAsync(app), RunAsync(app));   // as on two nodes

            await browser.OpenAsync("/account");
            Assert.Equal(ends, browser.Url.StartsWith("/sign-in", StringComparison.Ordinal));
            Assert.Equal(ends ? [late.Id] : [], await app.ReadAsync(db => db.Accounts.Where(a => a.DisabledAt != null).Select(a => a.Id).ToListAsync()));
            Assert.Equal(ends ? 1 : 0, (await app.AuditAsync()).Count(e => e.Name == "account.disabled.v1" && e.Reason == "access review"));
        }
    }

    private static Task<bool> RunAsync(CardeaApp app) => Task.Run(() => app.RunAsync<EndUnconfirmedAccess, bool>(async job =>
    {
        await job.RunAsync(CancellationToken.None);
        return true;
    }));

    private static async Task ConfirmedAsync(CardeaApp app, int daysAgo, params TestPerson[] people)
    {
        var at = app.Clock.GetUtcNow().AddDays(-daysAgo);
        var ids = people.Select(person => person.Id).ToList();
        await app.WriteAsync(db => db.Memberships.Where(m => ids.Contains(m.AccountId)).ExecuteUpdateAsync(set => set.SetProperty(m => m.ConfirmedAt, at)));
    }
}
