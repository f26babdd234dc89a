using Cardea.Hosting;
using Cardea.Rules;
using Cardea.Rules.Agreements;

namespace Cardea.Features.Agreements;

/// <summary>A line of an agreement file that cannot stay as it is, in a sentence for the person who wrote it.</summary>
public sealed record AgreementFileMistake(int Line, string Sentence);

/// <summary>
/// Reads an agreement as people write it by hand: plain text in parts, parted by a line of "===". The first part names the kind; every other
/// one has a language, a title, an empty line and the words. <c>docs/agreements.md</c> explains it to those who write.
/// </summary>
public sealed class AgreementFile
{
    private const string Kind = "Kind", Language = "Language", Title = "Title";
    private const int ShortestDivider = 3;

    private readonly List<AgreementFileMistake> _mistakes = [];
    private readonly List<AgreementDraftText> _texts = [];
    private AgreementKind _kind;

    private AgreementFile(string content)
    {
        var parts = PartsOf(content.ReplaceLineEndings("\n").Split('\n'));
        ReadKind(parts[0]);
        foreach (var part in parts.Skip(1))
        {
            ReadText(part);
        }

        foreach (var language in Languages.All.Except(_texts.Select(text => text.Language)))
        {
            Complain(parts[^1].LastLine, $"The text in \"{language}\" is missing.");
        }
    }

    /// <summary>In the order of the lines; the draft is good when there are none.</summary>
    public IReadOnlyList<AgreementFileMistake> Mistakes => [.. _mistakes.OrderBy(mistake => mistake.Line)];

    public AgreementDraft Draft => new(_kind, _texts);

    public static AgreementFile Read(string content) => new(content);

    private void ReadKind(Part part)
    {
        var headers = ReadHeaders(part, [Kind]);
        if (headers.Body.Length > 0)
        {
            Complain(part.FirstLine, "A line of === must stand between the kind and the first text.");
        }

        var header = headers.Find(Kind);
        var kinds = Enum.GetValues<AgreementKind>().Where(kind => kind.ToString().Equals(header?.Value, StringComparison.OrdinalIgnoreCase)).ToList();
        if (kinds is [var kind])
        {
            _kind = kind;
        }
        else
        {
            Complain(header?.Line ?? part.FirstLine, $"Begin with \"Kind: {AgreementKind.User}\" or \"Kind: {AgreementKind.Administrator}\".");
        }
    }

    private void ReadText(Part part)
    {
        var headers = ReadHeaders(part, [Language, Title]);
        var language = headers.Find(Language);
        var title = headers.Find(Title);

        if (language is null || !Languages.IsKnown(language.Value))
        {
            Complain(language?.Line ?? part.FirstLine, $"Say which language this text is in: \"Language:\" and one of {string.Join(", ", Languages.All)}.");
        }
        else if (_texts.Any(text => text.Language == language.Value))
        {
            Complain(language.Line, $"There is a text in \"{language.Value}\" already.");
        }

        if (title is null || PlainLine.Check(title.Value, AgreementConfiguration.TitleMaxLength) is not null)
        {
            Complain(title?.Line ?? part.FirstLine, $"Give the text a title: \"Title:\" and at most {AgreementConfiguration.TitleMaxLength} characters.");
        }

        if (headers.Body.Length == 0)
        {
            Complain(part.LastLine, "The text itself is missing: it follows the title after an empty line.");
        }

        if (language is not null)
        {
            _texts.Add(new(language.Value, PlainLine.Normalize(title?.Value ?? ""), headers.Body));
        }
    }

    /// <summary>Lines of "Name: value" up to the first empty one after them; the rest is the body.</summary>
    private Headers ReadHeaders(Part part, string[] names)
    {
        var headers = new List<Header>();
        var at = 0;
        for (; at < part.Lines.Length; at++)
        {
            var line = part.Lines[at].Trim();
            if (line.Length == 0 && headers.Count > 0) { break; }
            if (line.Length == 0) { continue; }

            var number = part.FirstLine + at;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var name = colon > 0 ? names.FirstOrDefault(name => name.Equals(line[..colon].TrimEnd(), StringComparison.OrdinalIgnoreCase)) : null;
            if (name is null)
            {
                Complain(number, $"Here stand {string.Join(" and ", names.Select(n => $"\"{n}:\""))} only, then an empty line.");
            }
            else if (headers.Any(header => header.Name == name))
            {
                Complain(number, $"\"{name}:\" was given before.");
            }
            else
            {
                headers.Add(new(name, line[(colon + 1)..].Trim(), number));
            }
        }

        var body = part.Lines[at..];
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i].Any(c => char.IsControl(c) && c != '\t'))
            {
                Complain(part.FirstLine + at + i, "There is a control character, which nobody can read.");
            }
        }

        return new(headers, string.Join('\n', body.Select(line => line.TrimEnd())).Trim('\n'));
    }

    private void Complain(int line, string sentence) => _mistakes.Add(new(line, sentence));

    private static List<Part> PartsOf(string[] lines)
    {
        var parts = new List<Part>();
        var first = 0;
        for (var at = 0; at <= lines.Length; at++)
        {
            if (at == lines.Length || IsDivider(lines[at].Trim()))
            {
                parts.Add(new(first + 1, lines[first..at]));
                first = at + 1;
            }
        }

        return parts;
    }

    private static bool IsDivider(string line) => line.Length >= ShortestDivider && line.All(c => c == '=');

    /// <param name="FirstLine">Counted from one, as editors do.</param>
    private sealed record Part(int FirstLine, string[] Lines)
    {
        public int LastLine => FirstLine + Math.Max(Lines.Length - 1, 0);
    }

    private sealed record Header(string Name, string Value, int Line);

    private sealed record Headers(List<Header> All, string Body)
    {
        public Header? Find(string name) => All.Find(header => header.Name == name);
    }
}
