using System.Text.RegularExpressions;
using static Cardea.Tests.Documents.Documents;

namespace Cardea.Tests.Documents;

/// <summary>docs/scenarios.md against the marks on the tests, read from their sources.</summary>
public sealed partial class ScenarioListTests
{
    private const string List = "docs/scenarios.md";

    private static readonly IReadOnlyList<Row> Rows = [.. Lines(List).Select(line => RowLine().Match(line)).Where(row => row.Success).Select(RowOf)];

    public static TheoryData<string, string> Projects => new() { { "Cardea.Tests", nameof(Row.Tests) }, { "Cardea.BrowserTests", nameof(Row.BrowserTests) } };

    [Theory, MemberData(nameof(Projects))]
    public void Each_row_names_the_tests_that_carry_its_id_and_no_others(string project, string column)
    {
        var named = Rows.SelectMany(row => (column is nameof(Row.Tests) ? row.Tests : row.BrowserTests).Select(test => $"{row.Id} {test}"));

        Assert.Equal(MarksOf(project).Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_a_rule_is_tested_for_is_in_the_list_too() =>
        Assert.Empty(MarksOf("Cardea.Rules.Tests").Select(mark => mark.Split(' ')[0]).Except(Rows.Select(row => row.Id)));

    [Fact]
    public void What_is_said_to_work_is_seen_by_a_test_and_what_waits_says_for_what()
    {
        Assert.Equal(Rows.Count, Rows.Select(row => row.Id).Distinct().Count());
        Assert.All(Rows, row => Assert.True(row.State is "works" || Waits().IsMatch(row.State), $"{row.Id} is \"{row.State}\"."));
        Assert.All(
            Rows.Where(row => !row.State.StartsWith("waits", StringComparison.Ordinal)), row => Assert.True(row.Tests.Length + row.BrowserTests.Length > 0, $"No test sees {row.Id}."));
    }

    /// <summary>"S2-14 ReturningPersonTests" for each class that carries the id, at itself or at one of its tests.</summary>
    private static IEnumerable<string> MarksOf(string project) => (
        from file in Directory.EnumerateFiles(Path.Combine(Root, "tests", project), "*.cs", SearchOption.AllDirectories)
        from Match mark in Mark().Matches(File.ReadAllText(file))
        from Match id in Id().Matches(mark.Value)
        select $"{id.Value} {Path.GetFileNameWithoutExtension(file)}").Distinct();

    private static Row RowOf(Match row) => new(row.Groups["id"].Value, row.Groups["state"].Value, Names(row.Groups["tests"]), Names(row.Groups["browser"]));

    private static string[] Names(Group cell) => cell.Value.Split(", ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private sealed record Row(string Id, string State, string[] Tests, string[] BrowserTests);

    [GeneratedRegex(@"^\| (?<id>[SX][\d-]+) \| [^|]+ \| (?<state>[^|]+) \|(?<tests>[^|]+)\|(?<browser>[^|]+)\|$")]
    private static partial Regex RowLine();

    [GeneratedRegex(@"\bScenario\([^)]*\)")]
    private static partial Regex Mark();

    [GeneratedRegex(@"(?<="")[SX]\d*-\d+(?="")")]
    private static partial Regex Id();

    [GeneratedRegex(@"^(partly, )?waits for ")]
    private static partial Regex Waits();
}
