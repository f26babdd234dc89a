namespace Cardea.Hosting;

/// <summary>The other face of the binary: <c>cardea organizations create …</c>. Without a command it serves.</summary>
public static class CommandLine
{
    public static bool IsAsked(string[] args) => args is [not ("run" or ['-', ..]), ..];

    public static Task<int> RunAsync(string[] args) => Task.FromResult(args.Length);
}
