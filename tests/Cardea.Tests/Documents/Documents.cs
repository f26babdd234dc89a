using System.Runtime.CompilerServices;

namespace Cardea.Tests.Documents;

/// <summary>The documents of this repository, as its reader finds them.</summary>
internal static class Documents
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Folder(), "../../.."));

    /// <summary>Paths from the root.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Directory.GetFiles(Root, "*.md").Concat(Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)).Select(file => Path.GetRelativePath(Root, file))];

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static string Folder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;
}
