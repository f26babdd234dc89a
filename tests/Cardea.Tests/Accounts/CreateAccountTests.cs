using System.Reflection;
using Cardea.Features.Accounts;
using Cardea.Features.Passwords;
using Cardea.Policies;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.Accounts;

public sealed class CreateAccountTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private static readonly NewAccount Amina = new("amina", "Amina", "Diallo", "Amina@clinic.example", Roles.Standard);

    [Theory, EachDatabase, Scenario("S0-02", "S2-03", "V6.4.1")]
    public async Task The_temporary_password_opens_the_first_sign_in_and_nothing_else(Database database)
    {
        var app = await apps.OnAsync(database);
        var clinic = await app.AddOrganizationAsync();

        var created = Assert.IsType<CreateAccountOutcome.Created>(await CreateAsync(app, clinic.Code, Amina));

        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        await browser.SignInAsync(clinic.Code, "amina", created.TemporaryPassword);
        Assert.Equal("/sign-in/password", browser.Url);
        await browser.OpenAsync("/");
        Assert.Equal("/sign-in/password", browser.Url);

        var account = await app.ReadAsync(db => db.Accounts.SingleAsync(a => a.Id == created.AccountId));
        Assert.True(account.PasswordIsTemporary);
        Assert.Equal(("Amina@clinic.example", "amina@clinic.example", clinic.Id), (account.Email, account.NormalizedEmail, account.HomeOrganizationId));
        Assert.DoesNotContain("amina", account.UserName!, StringComparison.OrdinalIgnoreCase);
        var entry = (await app.AuditAsync()).Single(e => e.SubjectId == created.AccountId && e.Name == "account.created.v1");
        Assert.Equal((clinic.Id, "{\"Roles\":\"Standard\"}"), (entry.OrganizationId, entry.Payload));
        Assert.DoesNotContain(created.TemporaryPassword, created.ToString(), StringComparison.Ordinal);
    }

    [Theory, EachDatabase, Scenario("S2-03", "V6.4.1")]
    public async Task After_72_hours_the_temporary_password_is_too_old(Database database)
    {
        var app = await apps.OnAsync(database);
        var clinic = await app.AddOrganizationAsync();
        var created = Assert.IsType<CreateAccountOutcome.Created>(await CreateAsync(app, clinic.Code, Amina));

        app.Clock.Advance(TimeSpan.FromHours(72));

        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        await browser.SignInAsync(clinic.Code, "amina", created.TemporaryPassword);
        Assert.Equal("Your temporary password has expired. Ask your administrator for a new one.", browser.Alert);
    }

    [Theory]
    [InlineData("miic")]
    [InlineData("clinical-portal")]
    [InlineData("clinic")]
    [InlineData("nist")]
    [Scenario("V6.4.1")]
    public async Task Temporary_passwords_fit_every_policy_and_can_be_read_aloud(string policy)
    {
        var app = await apps.OnAsync(Database.Sqlite, policy);
        await using var scope = app.Services.CreateAsyncScope();
        var passwords = scope.ServiceProvider.GetRequiredService<TemporaryPasswords>();
        var checker = scope.ServiceProvider.GetRequiredService<PasswordChecker>();
        var person = new PersonalWords(Guid.CreateVersion7(), "NORTH", "amina", "Amina", "Diallo");

        var drawn = new HashSet<string>();
        for (var i = 0; i < 300; i++)
        {
            var password = await passwords.NewAsync(person, CancellationToken.None);

            Assert.Empty(await checker.CheckAsync(password, person, CancellationToken.None));
            Assert.Matches("^[BCDFHJKMNPTWXY][bcdfhjkmnptwxy3479-]{7,}$", password);   // no 0 O o, 1 l I, 2 Z z, 5 S s, 6 b G, 8 B, u v, rn m
            Assert.True(drawn.Add(password));
        }
    }

    [Theory, EachDatabase, Scenario("S2-04", "A-18", "K-11")]
    public async Task No_two_names_of_one_organization_look_alike(Database database)
    {
        var app = await apps.OnAsync(database);
        var (north, south) = (await app.AddOrganizationAsync(), await app.AddOrganizationAsync());
        Assert.IsType<CreateAccountOutcome.Created>(await CreateAsync(app, north.Code, Amina with { Username = "bill.o" }));

        foreach (var name in new[] { "bill.o", "BILL.O", "bi11.o", "biII.0", "bill_o", "bill-0" })
        {
            Assert.IsType<CreateAccountOutcome.NameIsTaken>(await CreateAsync(app, north.Code, Amina with { Username = name }));
        }

        Assert.IsType<CreateAccountOutcome.Created>(await CreateAsync(app, south.Code, Amina with { Username = "bill.o" }));
        Assert.Equal(1, await app.ReadAsync(db => db.Accounts.CountAsync(a => a.HomeOrganizationId == north.Id)));
    }

    [Theory, EachDatabase, Scenario("S2-04", "A-18")]
    public async Task Of_two_who_ask_for_one_name_at_once_one_gets_it(Database database)
    {
        var app = await apps.OnAsync(database);
        var clinic = await app.AddOrganizationAsync();

        string[] names = ["carla", "CARLA", "carIa", "car1a"];
        var outcomes = await Task.WhenAll(names.Select(name => Task.Run(() => CreateAsync(app, clinic.Code, Amina with { Username = name }))));

        Assert.Single(outcomes.OfType<CreateAccountOutcome.Created>());
        Assert.Equal(3, outcomes.OfType<CreateAccountOutcome.NameIsTaken>().Count());
        Assert.Equal(1, await app.ReadAsync(db => db.Accounts.CountAsync(a => a.HomeOrganizationId == clinic.Id)));
    }

    [Theory, EachDatabase, Scenario("S1-10", "X-06")]
    public async Task Where_people_sign_in_by_email_address_it_is_unique_everywhere_without_case(Database database)
    {
        var app = await apps.OnAsync(database, "clinic");
        var (north, south) = (await app.AddOrganizationAsync(), await app.AddOrganizationAsync());

        var created = Assert.IsType<CreateAccountOutcome.Created>(await CreateAsync(app, north.Code, Amina with { Username = "" }));

        Assert.Equal("amina@clinic.example", created.SignInName);
        Assert.IsType<CreateAccountOutcome.NameIsTaken>(await CreateAsync(app, south.Code, Amina with { Email = "AMINA@clinic.EXAMPLE" }));
    }

    [Theory, EachDatabase]
    public async Task What_cannot_be_an_account_is_refused_with_every_reason(Database database)
    {
        var app = await apps.OnAsync(database);
        var clinic = await app.AddOrganizationAsync();

        var refused = Assert.IsType<CreateAccountOutcome.Refused>(await CreateAsync(
            app, clinic.Code, new("a\0b", "", "Diallo\r\nBcc: x", "amina@", Roles.None, "de")));

        Assert.Equal(
            new NewAccountRefusals
            {
                Username = Rules.Accounts.SignInNameRefusal.ForbiddenCharacter,
                GivenName = Rules.PlainLineRefusal.Missing,
                FamilyName = Rules.PlainLineRefusal.ForbiddenCharacter,
                Email = Rules.EmailAddresses.EmailAddressRefusal.NotAnAddress,
                RolesAreMissing = true,
                LanguageIsUnknown = true,
            },
            refused.Reasons);
        Assert.IsType<CreateAccountOutcome.NoSuchOrganization>(await CreateAsync(app, clinic.Code.ToLowerInvariant(), Amina));
        Assert.Equal(0, await app.ReadAsync(db => db.Accounts.CountAsync(a => a.HomeOrganizationId == clinic.Id)));
    }

    [Fact, Scenario("V6.4.6")]
    public void Who_creates_accounts_for_others_has_nowhere_to_put_a_password()
    {
        var run = Assert.Single(typeof(CreateAccount).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly));

        Assert.Equal([typeof(string), typeof(NewAccount), typeof(CancellationToken), typeof(FirstWayIn), typeof(Manager)], run.GetParameters().Select(parameter => parameter.ParameterType));
        Assert.Equal("organizationCode", run.GetParameters()[0].Name);
        Assert.Equal(
            ["Audience", "Email", "FamilyName", "GivenName", "Language", "Roles", "SecondFactorRequired", "Username"],
            typeof(NewAccount).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name).Order());
    }

    private static Task<CreateAccountOutcome> CreateAsync(CardeaApp app, string organizationCode, NewAccount wanted) =>
        app.RunAsync<CreateAccount, CreateAccountOutcome>(create => create.RunAsync(organizationCode, wanted, CancellationToken.None));
}
