using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.Accounts;

public sealed class DisableAccountTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    [Theory, EachDatabase, Scenario("X-03", "V7.4.2")]
    public async Task Disabling_ends_every_session_at_its_next_request(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var atWork = await app.SignInAsync(amina);
        using var atHome = await app.SignInAsync(amina);

        Assert.Equal(DisableAccountOutcome.Disabled, await DisableAsync(app, amina));

        foreach (var browser in new[] { atWork, atHome })
        {
            await browser.OpenAsync("/");
            Assert.Equal("/sign-in", browser.Url.Split('?')[0]);
        }

        using var again = await app.SignInAsync(amina);
        Assert.Equal("Invalid credentials", again.Alert);
        var ends = await app.ReadAsync(db => db.Sessions.Where(s => s.AccountId == amina.Id).Select(s => s.EndedBecause).ToListAsync());
        Assert.Equal([SessionEnd.AccountDisabled, SessionEnd.AccountDisabled], ends);
        var entry = (await app.AuditAsync()).Single(e => e.SubjectId == amina.Id && e.Name == "account.disabled.v1");
        Assert.Equal("{\"SessionsEnded\":2}", entry.Payload);
        Assert.Equal(DisableAccountOutcome.WasDisabledBefore, await DisableAsync(app, amina));
    }

    [Theory, EachDatabase]
    public async Task An_enabled_account_works_again_with_the_password_it_had(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        await DisableAsync(app, amina);

        Assert.Equal(EnableAccountOutcome.Enabled, await EnableAsync(app, amina));

        using var browser = await app.SignInAsync(amina);
        Assert.Equal("/", browser.Url);
        Assert.Equal(EnableAccountOutcome.WasEnabledBefore, await EnableAsync(app, amina));
        Assert.Single(await app.AuditAsync(), e => e.SubjectId == amina.Id && e.Name == "account.enabled.v1");
    }

    [Theory, EachDatabase, Scenario("X-05")]
    public async Task The_last_usable_operator_stays(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var (olga, oscar) = (await AddOperatorAsync(app), await AddOperatorAsync(app));

        Assert.Equal(DisableAccountOutcome.Disabled, await DisableAsync(app, olga));
        Assert.Equal(DisableAccountOutcome.IsLastOperator, await DisableAsync(app, oscar));
        Assert.Null((await app.ReadAsync(db => db.Accounts.SingleAsync(a => a.Id == oscar.Id))).DisabledAt);
    }

    [Theory, EachDatabase, Scenario("X-05", "S2-03")]
    public async Task An_operator_whose_temporary_password_is_too_old_runs_nothing(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var olga = await AddOperatorAsync(app);
        var oscar = await AddOperatorAsync(app);
        await app.ChangeAsync(oscar, account => account.PasswordIsTemporary = true);

        app.Clock.Advance(TimeSpan.FromHours(72));

        Assert.Equal(DisableAccountOutcome.IsLastOperator, await DisableAsync(app, olga));
    }

    [Theory, EachDatabase, Scenario("X-05")]
    public async Task Operators_who_disable_one_another_at_once_leave_one(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var operators = new List<TestPerson>();
        for (var i = 0; i < 4; i++)
        {
            operators.Add(await AddOperatorAsync(app));
        }

        var outcomes = await Task.WhenAll(operators.Select(one => Task.Run(() => DisableAsync(app, one))));

        Assert.Equal(3, outcomes.Count(outcome => outcome is DisableAccountOutcome.Disabled));
        Assert.Equal(1, await app.ReadAsync(db => db.UsableOperators(DateTimeOffset.MinValue).CountAsync()));
    }

    [Theory, EachDatabase, Scenario("S2-04")]
    public async Task A_person_is_found_by_exact_names_only(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var elsewhere = await app.AddOrganizationAsync();

        Assert.Equal(amina.Id, (await FindAsync(app, amina.Organization.Code, amina.Username))?.Id);
        Assert.Null(await FindAsync(app, amina.Organization.Code, amina.Username.ToUpperInvariant()));
        Assert.Null(await FindAsync(app, amina.Organization.Code.ToLowerInvariant(), amina.Username));
        Assert.Null(await FindAsync(app, elsewhere.Code, amina.Username));
    }

    /// <summary>With the registry's row, as after every set-up.</summary>
    private static async Task<TestPerson> AddOperatorAsync(CardeaApp app)
    {
        var person = await app.AddPersonAsync(roles: Roles.RegistryOperator);
        await app.RunAsync<Features.SetUp.SetUpDoor, bool>(async door =>
        {
            await door.CloseAsync(CancellationToken.None);
            return true;
        });
        return person;
    }

    private static Task<FoundAccount?> FindAsync(CardeaApp app, string organizationCode, string name) =>
        app.RunAsync<AccountFinder, FoundAccount?>(finder => finder.FindAsync(Audience.Staff, organizationCode, name, CancellationToken.None));

    private static Task<DisableAccountOutcome> DisableAsync(CardeaApp app, TestPerson person) =>
        app.RunAsync<DisableAccount, DisableAccountOutcome>(disable => disable.RunAsync(new(person.Id, person.Organization.Id), CancellationToken.None));

    private static Task<EnableAccountOutcome> EnableAsync(CardeaApp app, TestPerson person) =>
        app.RunAsync<EnableAccount, EnableAccountOutcome>(enable => enable.RunAsync(new(person.Id, person.Organization.Id), CancellationToken.None));
}
