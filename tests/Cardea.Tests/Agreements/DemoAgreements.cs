using System.Runtime.CompilerServices;

namespace Cardea.Tests.Agreements;

/// <summary>The files that the demonstration publishes: real texts in the real format.</summary>
public static class DemoAgreements
{
    public static string User { get; } = Path.Combine(Folder(), "user.txt");

    public static string Administrator { get; } = Path.Combine(Folder(), "administrator.txt");

    private static string Folder([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "demo", "agreements"));
}
