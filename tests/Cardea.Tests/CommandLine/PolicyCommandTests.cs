using System.Text.Json;

namespace Cardea.Tests.CommandLine;

/// <summary>"Why is it so here?": each value, the layer that it comes from, and the source of the rule.</summary>
public sealed class PolicyCommandTests
{
    [Fact]
    public async Task It_lists_each_value_with_its_layer_and_the_source_of_its_rule()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite);

        var shown = await ShowAsync(app);

        Assert.Equal(("OrganizationCodeAndUsername", "preset miic", "S2-03, S0-03, S1-10"), shown["SignIn:Identifier"]);
        Assert.Equal(("60.00:00:00", "preset miic", "S2-16; V6.2.10, K-03"), shown["Passwords:ExpiresAfter"]);
        Assert.Equal(("client:view, any role, any type", "preset miic", "S2-01; V8.2.1"), shown["Permissions:Grants:0"]);
    }

    [Fact]
    public async Task It_says_who_overrides_the_preset()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite);

        var shown = await ShowAsync(app, "--Cardea:Policy=clinic", "--Cardea:Sessions:Idle=00:15:00");

        Assert.Equal(("00:15:00", "command line"), (shown["Sessions:Idle"].Value, shown["Sessions:Idle"].Layer));
        Assert.Equal(("EmailAddress", "preset clinic"), (shown["SignIn:Identifier"].Value, shown["SignIn:Identifier"].Layer));
        Assert.Equal(("–", "default"), (shown["Lifecycle:InactiveAfter"].Value, shown["Lifecycle:InactiveAfter"].Layer));
    }

    [Fact]
    public async Task Without_json_it_is_a_table_for_people()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite);

        var shown = await app.CommandAsync("policy", "show");

        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        var lines = shown.Output.Split('\n');
        Assert.Matches("^Key +Value +Layer +Source$", lines[0]);
        Assert.Contains(lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, "^Sessions:Idle +00:30:00 +preset miic +V7.3.1; N-13, K-18$"));
    }

    private static async Task<Dictionary<string, (string Value, string Layer, string Source)>> ShowAsync(CardeaApp app, params string[] settings)
    {
        var shown = await app.CommandAsync(["policy", "show", "--json", .. settings]);
        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        using var rows = JsonDocument.Parse(shown.Output);
        return rows.RootElement.EnumerateArray().ToDictionary(
            row => Text(row, "key"), row => (Text(row, "value"), Text(row, "layer"), Text(row, "source")));
    }

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
