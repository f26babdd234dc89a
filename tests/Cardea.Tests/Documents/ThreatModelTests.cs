using System.Text.RegularExpressions;

namespace Cardea.Tests.Documents;

/// <summary>docs/threat-model.md promises that every threat it lists has a test; this keeps the promise from becoming a hope.</summary>
public sealed partial class ThreatModelTests
{
    [Fact]
    public void Every_threat_of_the_table_is_named_by_a_test()
    {
        var threats = Documents.Lines("docs/threat-model.md")
            .SkipWhile(line => line != "## Threats").TakeWhile(line => line != "## What is left")
            .Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => Id().Matches(line.Split('|')[1]).Select(id => id.Value).ToList())
            .ToList();
        var proven = Directory.EnumerateFiles(Path.Combine(Documents.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Scenario().Matches(File.ReadAllText(file)))
            .SelectMany(scenario => Id().Matches(scenario.Value).Select(id => id.Value))
            .ToHashSet();

        Assert.All(threats, ids => Assert.True(ids.Count > 0 && proven.IsSupersetOf(ids), $"No test names {string.Join(", ", ids.Where(id => !proven.Contains(id)))}."));
    }

    [GeneratedRegex(@"\b[A-Z]\d*-?\d+(\.\d+)*\b")]
    private static partial Regex Id();

    [GeneratedRegex(@"Scenario\([^)]*\)")]
    private static partial Regex Scenario();
}
