using System.Reflection;
using Cardea.Data;
using Cardea.Features.Audit;

namespace Cardea.Tests.Security;

[Scenario("V16.2.1", "V16.2.2", "V16.3.1", "H-05", "I-05")]
public sealed class AuditTrailTests
{
    /// <summary>Names are kept for years: a change here is a change of what auditors read.</summary>
    [Fact]
    public void Every_event_has_the_name_that_was_agreed_on() =>
        Approved.Matches("AuditNames.approved.txt", typeof(AppDbContext).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IAuditEvent)) && !type.IsAbstract)
            .Select(type => $"{type.GetProperty(nameof(IAuditEvent.Name), BindingFlags.Public | BindingFlags.Static)!.GetValue(null),-36} {Payload(type)}".TrimEnd())
            .Order(StringComparer.Ordinal));

    [Theory, EachDatabase]
    public async Task Every_result_of_a_sign_in_is_recorded_with_who_when_and_from_where(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync();
        var disabled = await app.AddPersonAsync(change: account => account.DisabledAt = app.Clock.GetUtcNow());
        var late = await app.AddPersonAsync(PersonKind.New, change: account => account.PasswordSetAt = app.Clock.GetUtcNow().AddDays(-4));
        (TestPerson Person, string Password)[] tries =
        [
            (amina, amina.Password),
            (amina, "Wrong#Password11"),
            (amina with { Username = "nobody17" }, amina.Password),
            (disabled, disabled.Password),
            (late, late.Password),
        ];

        foreach (var (person, password) in tries)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            (await app.SignInAsync(person, password, "198.51.100.9")).Dispose();
        }

        var entries = await app.AuditAsync();
        Assert.Equal(
            [
                ("sign_in.succeeded.v1", AuditOutcome.Success, null, amina.Id),
                ("sign_in.refused.v1", AuditOutcome.Failure, "WrongPassword", amina.Id),
                ("sign_in.refused.v1", AuditOutcome.Failure, "UnknownName", null),
                ("sign_in.refused.v1", AuditOutcome.Failure, "Disabled", disabled.Id),
                ("sign_in.refused.v1", AuditOutcome.Failure, "TemporaryPasswordTooOld", late.Id),
            ],
            entries.Select(entry => (entry.Name, entry.Outcome, entry.Reason, entry.SubjectId)));
        Assert.Equal([amina.Organization.Id, amina.Organization.Id, null, disabled.Organization.Id, late.Organization.Id], entries.Select(entry => entry.OrganizationId));
        Assert.Equal(Enumerable.Range(1, 5).Select(second => CardeaApp.Start.AddSeconds(second)), entries.Select(entry => entry.At));
        Assert.All(entries, entry => Assert.Equal(("198.51.100.9", ActorKind.Anonymous), (entry.Address, entry.ActorKind)));
        Assert.All(entries, entry => Assert.NotEmpty(entry.Origin));
    }

    private static string Payload(Type type) => string.Join(", ", type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.GetCustomAttribute<System.Text.Json.Serialization.JsonIgnoreAttribute>() is null
            && !typeof(IAuditEvent).GetProperties().Any(inherited => inherited.Name == property.Name))
        .Select(property => property.Name));
}
