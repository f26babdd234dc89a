using System.Runtime.CompilerServices;

namespace Cardea.Tests.Infrastructure;

/// <summary>
/// Compares what the product is with what a reviewer agreed to: a text file beside the test. When the change is wanted, read the file
/// *.received.txt and put it in the place of the approved one.
/// </summary>
public static class Approved
{
    public static void Matches(string approvedFile, IEnumerable<string> lines, [CallerFilePath] string test = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(test)!, approvedFile);
        var received = path.Replace(".approved.", ".received.", StringComparison.Ordinal);
        string[] actual = [.. lines];
        string[] expected = File.Exists(path) ? File.ReadAllLines(path) : [];
        if (actual.SequenceEqual(expected))
        {
            File.Delete(received);
            return;
        }

        File.WriteAllLines(received, actual);
        var differences = expected.Except(actual).Select(line => $"- {line}").Concat(actual.Except(expected).Select(line => $"+ {line}")).ToList();
        Assert.Fail(
            $"""
            {approvedFile} differs from what the product is now (- approved, + now):
            {(differences.Count > 0 ? string.Join('\n', differences) : "the same lines in another order")}
            If this is wanted, read {Path.GetFileName(received)} beside it and put it in its place.
            """);
    }
}
