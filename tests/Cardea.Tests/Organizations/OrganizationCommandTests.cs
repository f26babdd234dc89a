using System.Text.Json;
using Cardea.Features.Audit;
using Cardea.Tests.CommandLine;

namespace Cardea.Tests.Organizations;

public sealed class OrganizationCommandTests
{
    private static readonly string[] North =
        ["organizations", "create", "--code", "NORTH", "--name", "North Clinic", "--type", "health-care-provider", "--time-zone", "America/Chicago"];

    [Theory, EachDatabase]
    public async Task The_command_line_does_what_the_pages_do(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var none = await app.CommandAsync("organizations", "list");
        Assert.Equal((0, "Code  Name  Type  Agreement  State"), (none.ExitCode, none.Output.Trim()));
        Assert.Equal(0, (await app.CommandAsync([.. North, "--help-phone", "612 555 0123", "--agreement-until", "2026-04-01"])).ExitCode);
        Assert.Equal(0, (await app.CommandAsync("organizations", "create", "--code", "PART", "--name", "Part", "--type", "school", "--time-zone", "America/Chicago", "--parent", "NORTH")).ExitCode);

        var edited = await app.CommandAsync("organizations", "edit", "--code", "NORTH", "--new-code", "NORD", "--help-phone", "", "--language", "fr");
        Assert.Equal((0, "", "NORD"), (edited.ExitCode, edited.Error, edited.Fact("Organization code")));
        var shown = await app.CommandAsync("organizations", "show", "--code", "NORD");
        Assert.Equal(
            ("North Clinic", "health-care-provider", "fr", "none", "2026-04-01", "0"),
            (shown.Fact("Name"), shown.Fact("Type"), shown.Fact("Language"), shown.Fact("Help phone"), shown.Fact("Agreement until"), shown.Fact("People")));
        Assert.Equal("NORD", (await app.CommandAsync("organizations", "show", "--code", "PART")).Fact("Parent"));

        Assert.Equal(["--reason is empty."], (await app.CommandAsync("organizations", "deactivate", "--code", "NORD", "--reason", " ")).Problems);
        Assert.Equal("0", (await app.CommandAsync("organizations", "deactivate", "--code", "NORD", "--reason", "Closed")).Fact("Sessions ended"));
        Assert.Equal(["The organization was deactivated before."], (await app.CommandAsync("organizations", "deactivate", "--code", "NORD", "--reason", "Closed")).Problems);
        using (var list = JsonDocument.Parse((await app.CommandAsync("organizations", "list", "--show", "deactivated", "--json")).Output))
        {
            Assert.Equal(["NORD"], list.RootElement.EnumerateArray().Select(row => row.GetProperty("code").GetString()));
        }

        Assert.Equal(0, (await app.CommandAsync("organizations", "reactivate", "--code", "NORD", "--reason", "Open")).ExitCode);
        Assert.Equal(["The organization is not deactivated."], (await app.CommandAsync("organizations", "reactivate", "--code", "NORD", "--reason", "Open")).Problems);
        Assert.Equal(2, (await app.CommandAsync("organizations", "list", "--search", "nor")).Output.Trim().Split('\n').Length);

        var acts = await app.AuditAsync();
        Assert.Equal(
            ["organization.created.v1", "organization.created.v1", "organization.changed.v1", "organization.deactivated.v1", "organization.reactivated.v1"],
            acts.Select(act => act.Name));
        Assert.All(acts, act => Assert.Equal((ActorKind.CommandLine, Environment.UserName), (act.ActorKind, act.ActorId)));
    }

    [Fact]
    public async Task Each_mistake_is_one_sentence_and_changes_nothing()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite);
        await app.CommandAsync(North);

        Assert.Equal(
            ["--new-code must have 2 to 20 characters.", "--help-phone is not a complete phone number.", "--help-email must look like name@clinic.example."],
            (await app.CommandAsync("organizations", "edit", "--code", "NORTH", "--new-code", "N", "--help-phone", "612", "--help-email", "help")).Problems);
        Assert.Equal(
            ["--agreement-from must be a day such as 2026-03-02."],
            (await app.CommandAsync("organizations", "edit", "--code", "NORTH", "--agreement-from", "2 March")).Problems);
        Assert.Equal(
            ["--agreement-until is before --agreement-from."],
            (await app.CommandAsync("organizations", "edit", "--code", "NORTH", "--agreement-from", "2026-03-02", "--agreement-until", "2026-03-01")).Problems);
        Assert.Equal(["--parent is the code of no organization: codes are compared exactly."], (await app.CommandAsync("organizations", "edit", "--code", "NORTH", "--parent", "SOUTH")).Problems);
        Assert.Equal(["--parent is this organization itself, or one of its parts."], (await app.CommandAsync("organizations", "edit", "--code", "NORTH", "--parent", "NORTH")).Problems);
        Assert.Equal(["There is no organization north: codes are compared exactly."], (await app.CommandAsync("organizations", "show", "--code", "north")).Problems);

        Assert.DoesNotContain(await app.AuditAsync(), entry => entry.Name == "organization.changed.v1");
    }
}
