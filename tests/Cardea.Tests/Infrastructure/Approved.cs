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
        Assert.Fail(
            $"""
            {approvedFile} differs from what the product is now (- approved, + now):
            {string.Join('\n', Differences(expected, actual))}
            If this is wanted, read {Path.GetFileName(received)} beside it and put it in its place.
            """);
    }

    /// <summary>Walks both side by side; where they part, lines that the other side never has again come first.</summary>
    private static IEnumerable<string> Differences(string[] expected, string[] actual)
    {
        var (left, right) = (0, 0);
        while (left < expected.Length || right < actual.Length)
        {
            if (left < expected.Length && right < actual.Length && expected[left] == actual[right])
            {
                (left, right) = (left + 1, right + 1);
            }
            else if (left < expected.Length && !actual.AsSpan(right).Contains(expected[left]))
            {
                yield return $"- {expected[left++]}";
            }
            else if (right < actual.Length)
            {
                yield return $"+ {actual[right++]}";
            }
            else
            {
                yield return $"- {expected[left++]}";
            }
        }
    }
}
