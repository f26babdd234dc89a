using Microsoft.Extensions.Localization;

namespace Cardea.Features.Messages.Texts;

/// <summary>A text message. Whoever promises one asks <see cref="TextCaps"/> first: texts cost money, and strangers earn by them .</summary>
public interface IText : IMessage
{
    /// <summary>What it says, asked for when it is sent: a few plain words, one line.</summary>
    string Write(TextContext context);
}

/// <summary>What a text is written with: words in the reader's language, the time, and whose text it is.</summary>
public sealed record TextContext(IStringLocalizer<Words> Words, DateTimeOffset Now, string RegistryName);
