using Cardea.Rules.Permissions;

namespace Cardea.Tests.CommandLine;

/// <summary>The console's acts, for scripts.</summary>
[Scenario("S2-20", "V7.4.5")]
public sealed class AccountListTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    [Theory, EachDatabase]
    public async Task People_are_listed_signed_out_deleted_and_restored(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        await app.AddPersonAsync(organization: amina.Organization, roles: Roles.Administrator);
        using var aminas = await app.SignInAsync(amina);
        string[] who = ["--organization", amina.Organization.Code, "--username", amina.Username];

        Assert.Contains(amina.Username, (await app.CommandAsync("accounts", "list", "--search", amina.Organization.Code)).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(amina.Username, (await app.CommandAsync("accounts", "list", "--search", amina.Username, "--filter", "disabled")).Output, StringComparison.Ordinal);

        Assert.Contains("Sessions ended: 1", (await app.CommandAsync(["accounts", "end-sessions", .. who])).Output, StringComparison.Ordinal);
        await aminas.OpenAsync("/account");
        Assert.StartsWith("/sign-in", aminas.Url, StringComparison.Ordinal);

        Assert.Contains("--reason", (await app.CommandAsync(["accounts", "delete", .. who, "--reason", " "])).Error, StringComparison.Ordinal);
        Assert.Contains("is deleted", (await app.CommandAsync(["accounts", "delete", .. who, "--reason", "Left the clinic"])).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(amina.Username, (await app.CommandAsync("accounts", "list", "--search", amina.Organization.Code)).Output, StringComparison.Ordinal);
        Assert.Contains("as it was", (await app.CommandAsync(["accounts", "restore", .. who, "--reason", "By mistake"])).Output, StringComparison.Ordinal);
        Assert.Contains(await app.AuditAsync(), e => e.Name == "account.deleted.v1" && e.SubjectId == amina.Id
            && e.ActorKind == Features.Audit.ActorKind.CommandLine && e.Reason == "Left the clinic");
    }
}
