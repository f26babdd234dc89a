using Cardea.CommandLine;
using Cardea.Hosting;

namespace Cardea;

public sealed class Program
{
    public static Task<int> Main(string[] args) => RunAsync(args, Console.Out, Console.Error);

    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter error) =>
        Commands.AreAsked(args)
            ? Commands.RunAsync(args, output, error)
            : ConfigurationMistakes.StopTheStartAsync(() => ServeAsync(args), error);

    private static async Task ServeAsync(string[] args)
    {
        var builder = Composition.NewBuilder(args);
        builder.AddCardea();

        var app = builder.Build();
        app.UseCardea();
        _ = app.FindPagesAsync();
        await app.PrepareAsync();
        await app.RunAsync();
    }
}
