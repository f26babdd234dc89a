namespace Cardea.Features.Messages;

/// <summary>By which way a message leaves. Each has its own round of sending, so that trouble with one never holds up the other.</summary>
public enum MessageChannel
{
    Mail,
    Text,
}

/// <summary>
/// One message to one person: an <see cref="IMail"/> or a <see cref="Texts.IText"/>. A record a kind, in the feature that promises it, which
/// also adds it to the kinds that can be sent (<see cref="MessagesFeature"/>). Its properties are kept, encrypted, until it is sent.
/// </summary>
public interface IMessage
{
    /// <summary>Names it in the database and is safe to log: "email-code".</summary>
    static abstract string Kind { get; }

    Guid? AccountId { get; }

    string To { get; }

    /// <summary>One of the languages of the product; else English.</summary>
    string? Language { get; }

    DateTimeOffset UselessAfter { get; }
}
