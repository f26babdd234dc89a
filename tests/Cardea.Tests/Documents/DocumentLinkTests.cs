using System.Text.RegularExpressions;

namespace Cardea.Tests.Documents;

/// <summary>Code moves; a document that points at it says so when it does.</summary>
public sealed partial class DocumentLinkTests
{
    private static readonly string[] Folders = ["src", "demo", "tests", "bench", "packaging", "docs"];

    /// <summary>With a slash before each, so that a name matches as a whole.</summary>
    private static readonly Lazy<IReadOnlyList<string>> Repository = new(() =>
    [
        .. Directory.GetFiles(Documents.Root)
            .Concat(Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Documents.Root, folder), "*", SearchOption.AllDirectories)))
            .Select(file => $"/{Path.GetRelativePath(Documents.Root, file)}")
            .Where(file => !Made().IsMatch(file)),
    ]);

    public static TheoryData<string> Files => [.. Documents.All];

    [Theory, MemberData(nameof(Files))]
    public void Every_link_within_the_repository_leads_somewhere(string file)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Documents.Root, file))!;

        var broken = Link().Matches(string.Join('\n', Documents.Lines(file)))
            .Select(link => link.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(folder, target)));

        Assert.Empty(broken);
    }

    [Theory, MemberData(nameof(Files))]
    public void Every_file_of_ours_that_is_named_exists(string file)
    {
        var missing = Name().Matches(string.Join('\n', Documents.Lines(file)))
            .Select(name => name.Groups["file"].Value)
            .Where(name => !Placeholder().IsMatch(name) && !Repository.Value.Any(one => one.EndsWith($"/{name}", StringComparison.Ordinal)));

        Assert.Empty(missing);
    }

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<file>\w[\w.\-/]*\.(cs|cshtml|resx|scss|js|json|csproj|props|targets|txt|md|service))`")]
    private static partial Regex Name();

    /// <summary>Features/X stands for any feature, DIR for a folder that the reader chooses.</summary>
    [GeneratedRegex(@"\b(X|DIR)/")]
    private static partial Regex Placeholder();

    /// <summary>By a build, not by us.</summary>
    [GeneratedRegex("/(bin|obj|node_modules)/")]
    private static partial Regex Made();
}
