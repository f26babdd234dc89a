namespace Cardea.Features.Agreements;

/// <summary>One block of an agreement, as plain text: pages encode it, so that a published text is never more than words.</summary>
public sealed record AgreementParagraph(string Text, bool IsHeading)
{
    private const string HeadingMark = "# ";

    /// <summary>Empty lines part the blocks; a line that begins with "# " is a heading of its own.</summary>
    public static IReadOnlyList<AgreementParagraph> AllOf(string body)
    {
        var paragraphs = new List<AgreementParagraph>();
        var lines = new List<string>();
        foreach (var line in body.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith(HeadingMark, StringComparison.Ordinal))
            {
                EndParagraph();
                paragraphs.Add(new(line[HeadingMark.Length..].Trim(), IsHeading: true));
            }
            else if (line.Length == 0)
            {
                EndParagraph();
            }
            else
            {
                lines.Add(line);
            }
        }

        EndParagraph();
        return paragraphs;

        void EndParagraph()
        {
            if (lines.Count > 0)
            {
                paragraphs.Add(new(string.Join(' ', lines), IsHeading: false));
                lines.Clear();
            }
        }
    }
}
