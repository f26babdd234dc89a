using Cardea.Features.Organizations;
using Cardea.Rules.Accounts;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.Accounts;

[Scenario("S2-04", "A-18")]
public sealed class CreateOrganizationTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private static readonly OrganizationDetails Clinic = new("OLIVE-1", "  Olive Clinic ", OrganizationType.HealthCareProvider, "America/Chicago");

    [Theory, EachDatabase]
    public async Task No_two_codes_look_alike(Database database)
    {
        var app = await apps.OnAsync(database);
        var created = Assert.IsType<CreateOrganizationOutcome.Created>(await CreateAsync(app, Clinic));

        foreach (var code in new[] { "OLIVE-1", "olive-1", "0LIVE-l", "OlIVE-I" })
        {
            Assert.IsType<CreateOrganizationOutcome.CodeIsTaken>(await CreateAsync(app, Clinic with { Code = code }));
        }

        var organization = await app.ReadAsync(db => db.Organizations.SingleAsync(o => o.Id == created.OrganizationId));
        Assert.Equal(("OLIVE-1", "Olive Clinic", app.Clock.GetUtcNow()), (organization.Code, organization.Name, organization.CreatedAt));
        var entry = (await app.AuditAsync()).Single(e => e.Name == "organization.created.v1" && e.OrganizationId == created.OrganizationId);
        Assert.Equal("{\"Type\":\"HealthCareProvider\"}", entry.Payload);
    }

    [Theory, EachDatabase]
    public async Task Of_two_who_ask_for_one_code_at_once_one_gets_it(Database database)
    {
        var app = await apps.OnAsync(database);

        string[] codes = ["ROSE", "rose", "R0SE", "r0se"];
        var outcomes = await Task.WhenAll(codes.Select(code => Task.Run(() => CreateAsync(app, Clinic with { Code = code }))));

        Assert.Single(outcomes.OfType<CreateOrganizationOutcome.Created>());
        Assert.Equal(3, outcomes.OfType<CreateOrganizationOutcome.CodeIsTaken>().Count());
    }

    [Theory]
    [InlineData("Central")]
    [InlineData("Central Standard Time")]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    public void A_time_zone_is_an_IANA_name(string timeZone) =>
        Assert.Equal(new OrganizationDetailsRefusals { TimeZoneIsUnknown = true }, (Clinic with { TimeZone = timeZone }).Check("US"));

    [Fact]
    public void Every_mistake_is_told() =>
        Assert.Equal(
            new OrganizationDetailsRefusals { Code = SignInNameRefusal.ForbiddenCharacter, Name = Rules.PlainLineRefusal.TooLong },
            (Clinic with { Code = "ОLIVE", Name = new('x', 201) }).Check("US"));

    private static Task<CreateOrganizationOutcome> CreateAsync(CardeaApp app, OrganizationDetails wanted) =>
        app.RunAsync<CreateOrganization, CreateOrganizationOutcome>(create => create.RunAsync(wanted, CancellationToken.None));
}
