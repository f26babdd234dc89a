using System.Runtime.CompilerServices;

namespace Cardea.Tests.Documents;

/// <summary>The documents of this repository, as its reader finds them.</summary>
internal static class Documents
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Folder(), "../../.."));

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static string Folder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;
}
