using System.Text.RegularExpressions;
using static Cardea.Tests.Documents.Documents;

namespace Cardea.Tests.Documents;

/// <summary>docs/requirements.md: an id that nobody can look up proves nothing to whoever reads it.</summary>
public sealed partial class RequirementListTests
{
    private static readonly IReadOnlyList<string> Listed = [.. Lines("docs/requirements.md").Select(line => Row().Match(line)).Where(row => row.Success).Select(row => row.Groups["id"].Value)];

    [Fact]
    public void Every_id_that_a_test_carries_belongs_to_a_family_that_can_be_looked_up() =>
        Assert.Empty(
            from source in Sources("tests")
            from Match mark in Mark().Matches(source)
            from Match id in Text().Matches(mark.Value)
            where !Listed.Contains(id.Value) && !Elsewhere().IsMatch(id.Value)
            select id.Value);

    [Fact]
    public void The_list_has_each_id_that_sources_tests_or_documents_name_and_no_others()
    {
        var documents = All.Where(file => file != "docs/requirements.md").Select(file => string.Join('\n', Lines(file)));
        var named = Sources("src").Concat(Sources("tests")).Concat(documents).SelectMany(text => Ours().Matches(text)).Select(id => id.Value).Distinct();

        Assert.Equal(named.Order(StringComparer.Ordinal), Listed.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories).Where(file => !Made().IsMatch(file)).Select(File.ReadAllText);

    [GeneratedRegex(@"^\| (?<id>[A-Z]-\d\d) \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"\bScenario\([^)]*\)")]
    private static partial Regex Mark();

    [GeneratedRegex("(?<=\")[^\",]+(?=\")")]
    private static partial Regex Text();

    /// <summary>Ids of ASVS and WCAG, and those of docs/scenarios.md, which has a test of its own.</summary>
    [GeneratedRegex(@"^(V\d+(\.\d+){2}|W-\d(\.\d+){2}|S\d-\d\d|X-\d\d)$")]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"\b[ACFHIKN]-\d\d\b")]
    private static partial Regex Ours();

    [GeneratedRegex("/(bin|obj)/")]
    private static partial Regex Made();
}
