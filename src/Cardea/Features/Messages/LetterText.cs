using System.Diagnostics;
using System.Text;

namespace Cardea.Features.Messages;

/// <summary>The text part, for mail programs without HTML and for people who prefer it (S2-42).</summary>
public static class LetterText
{
    public static string Of(Letter letter)
    {
        var text = new StringBuilder();
        Add(letter.RegistryName);
        Add(letter.Greeting);
        foreach (var block in letter.Blocks)
        {
            Add(block switch
            {
                MailBlock.Paragraph paragraph => paragraph.Text,
                MailBlock.Code code => $"    {code.Text}",
                MailBlock.Link link => $"{link.Text}\n{link.Address}",
                _ => throw new UnreachableException(block.ToString()),
            });
        }

        if (letter.HelpDesk.Count > 0)
        {
            Add(string.Join('\n', [letter.HelpDeskHeading, .. letter.HelpDesk.Select(line => $"{line.Label} {line.Value}".TrimStart())]));
        }

        Add(letter.DoNotReply);
        return text.ToString().TrimEnd('\n') + '\n';

        void Add(string paragraph) => text.Append(paragraph).Append("\n\n");
    }
}
