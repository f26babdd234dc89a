using Cardea.Features.Accounts;
using Cardea.Features.SecondFactors;
using Cardea.Features.Sessions;
using Cardea.Rules.Accounts;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;
using Cardea.Tests.CommandLine;
using Cardea.Tests.SecondFactors;

namespace Cardea.Tests.FurtherOrganizations;

/// <summary>Where the code of an organization is typed, it says for which one somebody works.</summary>
public sealed class SignInByCodeTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Wrong = "Wrong#Password11";

    [Theory, EachDatabase]
    public async Task The_code_picks_the_organization_and_with_it_what_the_person_may_do(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(roles: Roles.ViewOnly);
        var further = await app.AddOrganizationAsync();
        Assert.IsType<GiveAccessOutcome.Given>(await app.GiveAccessAsync(amina, further, Roles.Standard | Roles.ReportsOnly));

        using var home = await app.SignInAsync(amina);
        using var there = await app.SignInAtAsync(further, amina);

        Assert.Equal(("/", amina.Organization.Code, Roles.ViewOnly), (home.Url, (await app.WorksForAsync(home)).Code, (await app.WorksForAsync(home)).Roles));
        Assert.Equal(("/", further.Code, Roles.Standard | Roles.ReportsOnly), (there.Url, (await app.WorksForAsync(there)).Code, (await app.WorksForAsync(there)).Roles));
        var succeeded = (await app.AuditAsync()).Where(entry => entry.SubjectId == amina.Id && entry.Name == "sign_in.succeeded.v1").Select(entry => entry.OrganizationId);
        Assert.Equal(new HashSet<Guid?> { amina.Organization.Id, further.Id }, succeeded.ToHashSet());
        Assert.Contains(further.Code, there.Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task An_administrator_of_one_organization_is_none_in_another(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddPersonAsync(roles: Roles.Administrator);
        var further = await app.AddOrganizationAsync();
        await app.GiveAccessAsync(olga, further);
        using var there = await app.SignInAtAsync(further, olga);
        Assert.Equal("/sign-in/second-factor", there.Url);   // what she may do at home is no less worth protecting
        await there.EnterCodeAsync(olga.Authenticator!.Code());

        await there.OpenAsync("/admin/people");

        Assert.Equal(404, (int)there.Status);
    }

    [Theory, EachDatabase, Scenario("S2-04", "A-18")]
    public async Task A_name_that_is_taken_there_or_looks_alike_is_refused_and_another_one_signs_in(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var further = await app.AddOrganizationAsync();
        await app.AddPersonAsync(organization: further, username: amina.Username.Replace('i', '1'));

        Assert.Equal(new GiveAccessOutcome.NameIsTaken(amina.Username), await app.GiveAccessAsync(amina, further));
        Assert.IsType<GiveAccessOutcome.UsernameRefused>(await app.GiveAccessAsync(amina, further, username: "a"));
        Assert.Equal(1, await app.ReadAsync(db => db.Memberships.CountAsync(m => m.AccountId == amina.Id)));
        Assert.IsType<GiveAccessOutcome.Given>(await app.GiveAccessAsync(amina, further, username: $"{amina.Username}.there"));

        using var wrong = await app.SignInAtAsync(further, amina);
        using var right = await app.SignInAtAsync(further, amina, $"{amina.Username}.there");

        Assert.Equal(("Invalid credentials", "/"), (wrong.Alert, right.Url));
        Assert.Equal($"{amina.Username}.there", (await app.PersonOfAsync(right)).Username);
        var keys = await app.ReadAsync(db => db.SearchKeys.Where(key => key.AccountId == amina.Id && key.Kind == SearchKeyKind.SignInName).Select(key => key.Key).ToListAsync());
        Assert.Equal([amina.Username], keys);   // people are found by their name at home
    }

    [Theory, EachDatabase, Scenario("X-03")]
    public async Task Ended_access_is_over_at_the_next_request_and_everything_at_home_stays(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var further = await app.AddOrganizationAsync();
        await app.GiveAccessAsync(amina, further);
        using var home = await app.SignInAsync(amina);
        using var there = await app.SignInAtAsync(further, amina);

        Assert.Equal(EndAccessOutcome.Ended, await app.EndAccessAsync(amina, further));

        await there.OpenAsync("/account");
        await home.OpenAsync("/account");
        Assert.StartsWith("/sign-in", there.Url, StringComparison.Ordinal);
        Assert.Equal("/account", home.Url);
        using var again = await app.SignInAtAsync(further, amina);
        Assert.Equal("Invalid credentials", again.Alert);
        var ended = await app.ReadAsync(db => db.Sessions.Where(s => s.AccountId == amina.Id && s.OrganizationId == further.Id).Select(s => s.EndedBecause).SingleAsync());
        Assert.Equal(SessionEnd.AccessEnded, ended);
        var audit = (await app.AuditAsync()).Where(entry => entry.SubjectId == amina.Id && entry.Name.StartsWith("access.", StringComparison.Ordinal)).ToList();
        Assert.Equal([("access.given.v1", further.Id), ("access.ended.v1", further.Id)], audit.Select(entry => (entry.Name, entry.OrganizationId!.Value)));
        await app.AddPersonAsync(organization: further, username: amina.Username);   // the name is free again
    }

    /// <summary>Between the check of the password and the session, by a transaction that knew nothing of it.</summary>
    [Theory, EachDatabase, Scenario("X-03")]
    public async Task A_session_without_access_is_none(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var further = await app.AddOrganizationAsync();
        await app.GiveAccessAsync(amina, further);
        using var there = await app.SignInAtAsync(further, amina);
        await app.EndAccessAsync(amina, further);
        await app.WriteAsync(db => db.Sessions.Where(s => s.AccountId == amina.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, (DateTimeOffset?)null)));

        await there.OpenAsync("/account");

        Assert.StartsWith("/sign-in", there.Url, StringComparison.Ordinal);
    }

    [Theory, EachDatabase, Scenario("S0-07", "S0-08")]
    public async Task Tries_count_for_each_name_and_unlocking_forgets_them_all(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var further = await app.AddOrganizationAsync();
        await app.GiveAccessAsync(amina, further);
        for (var failed = 0; failed < 5; failed++)
        {
            (await app.SignInAtAsync(further, amina with { Password = Wrong })).Dispose();
        }

        using var locked = await app.SignInAtAsync(further, amina);
        using var home = await app.SignInAsync(amina);
        Assert.Equal(("Account locked. Wait 3 minutes or contact your administrator.", "/"), (locked.Alert, home.Url));

        var shown = await app.CommandAsync("accounts", "show", "--organization", amina.Organization.Code, "--username", amina.Username);
        var door = await app.RunAsync<WhyNotIn, PersonAtTheDoor>(why => why.RunAsync(new(amina.Id, amina.Organization.Id), CancellationToken.None));
        var unlocked = await app.CommandAsync("accounts", "unlock", "--organization", amina.Organization.Code, "--username", amina.Username);

        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        Assert.Equal((0, ""), (unlocked.ExitCode, unlocked.Error));
        Assert.Equal((amina.Username, typeof(StandingReason.Locked)), (door.SignInName, door.Reasons.Single().GetType()));
        using var there = await app.SignInAtAsync(further, amina);
        Assert.Equal("/", there.Url);
    }

    [Theory]
    [EachDatabase(true)]
    [EachDatabase(false)]
    [Scenario("S1-01", "X-04")]
    public async Task The_stricter_of_the_two_organizations_decides_about_the_second_factor(Database database, bool homeAsks)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var further = await app.AddOrganizationAsync();
        await app.GiveAccessAsync(amina, further);
        await app.AskForSecondFactorAsync(homeAsks ? amina.Organization : further, OrganizationMethod.Emails);

        using var there = await app.SignInAtAsync(further, amina);
        using var home = await app.SignInAsync(amina);

        Assert.StartsWith("/sign-in/second-factor-set-up", there.Url, StringComparison.Ordinal);
        Assert.Equal(homeAsks, home.Url != "/");   // at home, the further one has no say
    }

    [Theory, EachDatabase, Scenario("S0-04")]
    public async Task A_form_that_names_another_organization_does_not_lead_to_the_session_of_the_first(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var further = await app.AddOrganizationAsync();
        await app.GiveAccessAsync(amina, further);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        using var lost = browser.Copy(app);   // the answer never arrives here
        browser.Fill("Organization Code", further.Code);
        browser.Fill("Username", amina.Username);
        browser.Fill("Password", amina.Password);
        var form = browser.FormOf("Login");
        await browser.SignInAsync(amina);

        await lost.SubmitAsync(form);

        Assert.Equal(further.Code, (await app.WorksForAsync(lost)).Code);
    }

    [Theory, EachDatabase]
    public async Task Help_speaks_of_the_name_at_home(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var further = await app.AddOrganizationAsync();
        await app.GiveAccessAsync(amina, further, username: $"{amina.Username}-2");

        var helped = await app.ReadAsync(db => db.FindHelpedPersonAsync(new(amina.Id, amina.Organization.Id), CancellationToken.None));

        Assert.Equal(amina.Username, helped.SignInName);
    }

    [Theory, EachDatabase]
    public async Task Of_two_who_give_the_same_access_at_once_both_are_told_that_it_is_given_and_it_is_given_once(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var further = await app.AddOrganizationAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => app.GiveAccessAsync(amina, further))));

        Assert.All(outcomes, outcome => Assert.IsType<GiveAccessOutcome.Given>(outcome));
        Assert.Single(await app.AuditAsync(), entry => entry.SubjectId == amina.Id && entry.Name == "access.given.v1");
        Assert.Equal(2, await app.ReadAsync(db => db.SignInNames.CountAsync(name => name.AccountId == amina.Id)));
    }

    [Theory]
    [EachDatabase(Roles.HelpDesk)]
    [EachDatabase(Roles.RegistryOperator)]
    [EachDatabase(Roles.Standard | Roles.RegistryOperator)]
    [Scenario("A-19")]
    public async Task What_reaches_beyond_one_organization_is_held_at_home_alone(Database database, Roles roles)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();

        Assert.IsType<GiveAccessOutcome.TooMuch>(await app.GiveAccessAsync(amina, await app.AddOrganizationAsync(), roles));
        Assert.IsType<GiveAccessOutcome.NoRole>(await app.GiveAccessAsync(amina, await app.AddOrganizationAsync(), Roles.None));
        Assert.IsType<GiveAccessOutcome.WorksThereAlready>(await app.GiveAccessAsync(amina, amina.Organization));
        Assert.IsType<GiveAccessOutcome.NoSuchOrganization>(await app.GiveAccessAsync(amina, new(Guid.Empty, "NOWHERE", "")));
    }
}
