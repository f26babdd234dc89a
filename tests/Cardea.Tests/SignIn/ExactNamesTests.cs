using Cardea.Features.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Cardea.Tests.SignIn;

[Scenario("S2-04")]
public sealed class ExactNamesTests(CardeaApps apps)
{
    [Theory]
    [EachDatabase("Clinic-Ex", "amina", TestPeople.OwnPassword)]
    [EachDatabase("CLINIC-EX", "Amina", TestPeople.OwnPassword)]
    [EachDatabase("CLINIC-EX", "amina", "rainy#tuesday42")]
    [EachDatabase("CLINIC-EX ", "amina", TestPeople.OwnPassword)]
    [EachDatabase("CLINIC-EX", " amina", TestPeople.OwnPassword)]
    [EachDatabase("CLINIC-EX", "amina", TestPeople.OwnPassword + " ")]
    [EachDatabase("CLINIC-EX", "аmina", TestPeople.OwnPassword)]   // Cyrillic a
    [EachDatabase("CLINIC-EX", "amına", TestPeople.OwnPassword)]   // dotless i
    [EachDatabase("CLINIC-EX", "ᴬmina", TestPeople.OwnPassword)]
    [EachDatabase("CLINIC-EX", "amina\u200b", TestPeople.OwnPassword)]
    [EachDatabase("CLINIC-EX", "' OR 1=1 --", TestPeople.OwnPassword)]
    [Scenario("A-18", "V6.2.8", "V1.2.4")]
    public async Task What_is_not_exactly_as_provided_is_refused(Database database, string code, string username, string password)
    {
        var app = await apps.OnAsync(database);
        await AddAminaAsync(app);
        using var browser = app.OpenBrowser(NextAddress());
        await browser.OpenAsync("/sign-in");

        await browser.SignInAsync(code, username, password);

        Assert.Equal("Invalid credentials", browser.Alert);
    }

    [Theory, EachDatabase]
    public async Task The_same_username_in_two_organizations_means_two_people(Database database)
    {
        var app = await apps.OnAsync(database);
        var one = await app.AddPersonAsync(username: "shared", organization: await app.AddOrganizationAsync());
        var other = await app.AddPersonAsync(username: "shared", organization: await app.AddOrganizationAsync());

        foreach (var person in (TestPerson[])[one, other])
        {
            using var browser = await app.SignInAsync(person);
            Assert.Equal("/", browser.Url);
            Assert.Equal(1, await app.ReadAsync(db => db.Sessions.CountAsync(s => s.AccountId == person.Id)));
        }
    }

    [Theory]
    [EachDatabase("amina", "Amina")]
    [EachDatabase("amina.diallo", "amina-diallo")]
    [EachDatabase("bill", "bi11")]
    [EachDatabase("modern", "modem")]
    public async Task The_database_itself_keeps_look_alike_names_of_one_organization_apart(Database database, string name, string lookAlike)
    {
        var app = await apps.OnAsync(database);
        var organization = await app.AddOrganizationAsync();
        await app.AddPersonAsync(organization: organization, username: name);

        await Assert.ThrowsAsync<DbUpdateException>(() => app.AddPersonAsync(organization: organization, username: lookAlike));
    }

    /// <summary>Identity would fold names to upper case; whoever of it asks gets ours.</summary>
    [Fact]
    [Scenario("F-07")]
    public async Task Identity_compares_names_exactly_too()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        await using var scope = app.Services.CreateAsyncScope();

        var names = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();

        Assert.Equal("aMina", names.NormalizeName("aMina"));
    }

    private static int _addresses;

    /// <summary>Each from an address of its own, so that no lock stands in the way of the answer.</summary>
    private static string NextAddress() => $"198.51.100.{Interlocked.Increment(ref _addresses) % 250}";

    private static async Task AddAminaAsync(CardeaApp app)
    {
        if (!await app.ReadAsync(db => db.Organizations.AnyAsync(o => o.Code == "CLINIC-EX")))
        {
            await app.AddPersonAsync(organization: await app.AddOrganizationAsync("CLINIC-EX"), username: "amina");
        }
    }
}
