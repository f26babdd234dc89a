using Cardea.Features.Shared;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Messages;

/// <summary>What a mail is written with: words in the reader's language, the time, and where links begin .</summary>
public sealed record MailContext(IStringLocalizer<Words> Words, DateTimeOffset Now, Uri? PublicAddress, string RegistryName)
{
    /// <summary>Stands before AM and PM in newer tables of languages; old mail programs have no glyph for it.</summary>
    private const char NarrowSpace = '\u202f';

    public MailBlock Say(string word, params object[] values) => new MailBlock.Paragraph(Words[word, values]);

    /// <summary>Nothing as long as the registry has no public address: what a request says of itself is never believed.</summary>
    public IEnumerable<MailBlock> Link(string word, string path) =>
        PublicAddress is null ? [] : [new MailBlock.Link(Words[word], new Uri(PublicAddress, path))];

    /// <summary>The time on the wall of a place, with the name of its zone.</summary>
    public static string WallTime(DateTimeOffset time, string timeZone) =>
        $"{LocalTime.Of(time, timeZone):f} ({LocalTime.ZoneOf(timeZone).Id})".Replace(NarrowSpace, ' ');
}
