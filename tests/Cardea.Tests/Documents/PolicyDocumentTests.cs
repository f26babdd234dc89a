using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cardea.Policies;
using Microsoft.Extensions.Configuration;

namespace Cardea.Tests.Documents;

/// <summary>docs/policies.md is read by people who set policy and by auditors: its figures are those of the product.</summary>
[Scenario("V6.1.1", "V7.1.1")]
public sealed partial class PolicyDocumentTests
{
    private const string SectionOfGrants = "Cardea:Permissions:";

    public static TheoryData<string> Presets => [.. PolicyPreset.Names];

    [Theory, MemberData(nameof(Presets))]
    public void Every_value_of_a_preset_stands_in_the_table_and_nothing_else_does(string preset)
    {
        using var configuration = new ConfigurationManager();
        configuration[PolicyPreset.Key] = preset;
        PolicyPreset.AddTo(configuration);

        var inForce = configuration.AsEnumerable()
            .Where(value => value.Value is not null && value.Key != PolicyPreset.Key && !value.Key.StartsWith(SectionOfGrants, StringComparison.Ordinal))
            .Select(value => $"{value.Key} = {Plain(value.Value!)}");

        Assert.Equal(inForce.Order(StringComparer.Ordinal), Documented(preset).Order(StringComparer.Ordinal));
    }

    /// <summary>What "cardea policy show" says of a rule is what the document says.</summary>
    [Fact]
    public async Task Every_source_is_the_one_in_the_table()
    {
        await using var file = typeof(PolicyPreset).Assembly.GetManifestResourceStream("Cardea.Policies.sources.json")!;
        var shown = JsonSerializer.Deserialize<Dictionary<string, string>>(file)!.Select(source => $"{source.Key} = {source.Value}");

        var documented = new List<string>();
        var section = "";
        foreach (var row in Documents.Lines("docs/policies.md").Where(line => line.StartsWith('|')).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)).SkipWhile(row => row[0] != "key").Skip(2))
        {
            if (row[0].StartsWith("**", StringComparison.Ordinal))
            {
                section = row[0].Trim('*');
            }
            else if (Key().Match(row[0]) is { Success: true } key && row.Length > 6)
            {
                documented.Add($"{section}:{key.Groups["name"]} = {row[6]}");
            }
        }

        Assert.Equal(documented.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Documented(string preset)
    {
        var rows = Documents.Lines("docs/policies.md").Where(line => line.StartsWith('|')).Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..]).ToList();
        var header = rows.Single(row => row[0] == "key");
        var column = Array.IndexOf(header, preset);

        var section = "";
        foreach (var row in rows.SkipWhile(row => row != header).Skip(2))
        {
            if (row[0].StartsWith("**", StringComparison.Ordinal))
            {
                section = row[0].Trim('*');
            }
            else if (Key().Match(row[0]) is { Success: true } key && section != "Permissions" && row[column] is not "–")
            {
                yield return $"Cardea:{section}:{key.Groups["name"]} = {Plain(row[column] is "same" ? row[1] : row[column])}";
            }
        }
    }

    /// <summary>What people write and what the file says, in one form: 3 min, 00:03:00 and (3 min) are the same.</summary>
    private static string Plain(string value) => value.Trim('(', ')').ToUpperInvariant() switch
    {
        "YES" or "TRUE" => "yes",
        "NO" or "FALSE" => "no",
        "NONE" or "" => "none",
        _ when Quoted().Match(value) is { Success: true } quoted => quoted.Groups["text"].Value,
        _ when Duration().Match(value) is { Success: true } duration => Of(duration).ToString("c", CultureInfo.InvariantCulture),
        _ => value,
    };

    private static TimeSpan Of(Match duration)
    {
        var number = double.Parse(duration.Groups["number"].Value, CultureInfo.InvariantCulture);
        return duration.Groups["unit"].Value switch
        {
            "min" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            _ => TimeSpan.FromDays(number),
        };
    }

    [GeneratedRegex("^`(?<name>[A-Za-z]+)`")]
    private static partial Regex Key();

    [GeneratedRegex("`(?<text>.+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^\(?(?<number>\d+) (?<unit>min|h|days)\)?$")]
    private static partial Regex Duration();
}
