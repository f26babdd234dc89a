using System.Text.Json;
using Spectre.Console;

namespace Cardea.CommandLine;

/// <summary>What a command has to say.</summary>
public abstract record Answer
{
    /// <summary>– as –: nobody puts this into a page.</summary>
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Prints itself and gives the exit code.</summary>
    public abstract Task<int> PrintAsync(TextWriter output, TextWriter error, bool asJson);

    /// <param name="Facts">One to a line, as "Temporary password: …"; with --json the members of one object, such as "temporaryPassword".</param>
    public sealed record Done(string Sentence, params IReadOnlyList<(string Name, string Value)> Facts) : Answer
    {
        public override async Task<int> PrintAsync(TextWriter output, TextWriter error, bool asJson)
        {
            if (asJson)
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(Facts.ToDictionary(fact => MemberName(fact.Name), fact => fact.Value)));
                return 0;
            }

            var console = AnsiConsole.Create(new()
            {
                Out = new AnsiConsoleOutput(output),
                Ansi = output == Console.Out ? AnsiSupport.Detect : AnsiSupport.No,
            });
            console.Profile.Width = int.MaxValue;   // the terminal wraps; what a script reads stays on one line
            console.MarkupLineInterpolated($"[green]{Sentence}[/]");
            foreach (var (name, value) in Facts)
            {
                await output.WriteLineAsync($"{name}: {value}");
            }

            return 0;
        }
    }

    /// <param name="Findings">One to a line; with --json the member "findings" beside those of the facts, each with its name and sentence.</param>
    public sealed record Found(string Sentence, IReadOnlyList<(string Name, string Sentence)> Findings, params IReadOnlyList<(string Name, string Value)> Facts) : Answer
    {
        public override async Task<int> PrintAsync(TextWriter output, TextWriter error, bool asJson)
        {
            if (asJson)
            {
                var members = Facts.ToDictionary(fact => MemberName(fact.Name), fact => (object)fact.Value);
                members["findings"] = Findings.Select(finding => new { name = finding.Name, sentence = finding.Sentence });
                await output.WriteLineAsync(JsonSerializer.Serialize(members, Readable));
                return 0;
            }

            await output.WriteLineAsync(Sentence);
            foreach (var (_, sentence) in Findings)
            {
                await output.WriteLineAsync($"- {sentence}");
            }

            foreach (var (name, value) in Facts)
            {
                await output.WriteLineAsync($"{name}: {value}");
            }

            return 0;
        }
    }

    /// <param name="Rows">One to a line, in columns; with --json an array of objects whose members are named after the columns.</param>
    public sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows) : Answer
    {
        public override async Task<int> PrintAsync(TextWriter output, TextWriter error, bool asJson)
        {
            if (asJson)
            {
                var names = Columns.Select(JsonNamingPolicy.CamelCase.ConvertName).ToList();
                await output.WriteLineAsync(JsonSerializer.Serialize(Rows.Select(row => names.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second)), Readable));
                return 0;
            }

            var widths = Columns.Select((column, index) => Rows.Select(row => row[index].Length).Append(column.Length).Max()).ToList();
            foreach (var row in Rows.Prepend([.. Columns]))
            {
                await output.WriteLineAsync(string.Join("  ", row.Zip(widths, (cell, width) => cell.PadRight(width))).TrimEnd());
            }

            return 0;
        }
    }

    private static string MemberName(string name) =>
        JsonNamingPolicy.CamelCase.ConvertName(string.Concat(name.Split(' ').Select(word => char.ToUpperInvariant(word[0]) + word[1..])));

    /// <summary>Nothing was changed. One sentence a reason.</summary>
    public sealed record Refused(params IReadOnlyList<string> Sentences) : Answer
    {
        public override async Task<int> PrintAsync(TextWriter output, TextWriter error, bool asJson)
        {
            foreach (var sentence in Sentences)
            {
                await error.WriteLineAsync(sentence);
            }

            return 1;
        }
    }
}
