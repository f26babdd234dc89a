using System.Text.Json;

namespace Cardea.Features.Messages;

/// <summary>A kind of message that this version can send.</summary>
public abstract class MessageKind(string name, MessageChannel channel)
{
    public string Name => name;

    public MessageChannel Channel => channel;

    public abstract IMessage Read(ReadOnlySpan<byte> payload);
}

public sealed class MessageKind<TMessage>(MessageChannel channel) : MessageKind(TMessage.Kind, channel)
    where TMessage : IMessage
{
    public override IMessage Read(ReadOnlySpan<byte> payload) =>
        JsonSerializer.Deserialize<TMessage>(payload) ?? throw new JsonException("The payload is null.");
}

/// <summary>All kinds, written out one by one where their features introduce themselves.</summary>
public sealed class MessageKinds(IEnumerable<MessageKind> kinds)
{
    private readonly Dictionary<string, MessageKind> _kinds = kinds.ToDictionary(kind => kind.Name);

    public IReadOnlyList<string> NamesOf(MessageChannel channel) => [.. _kinds.Values.Where(kind => kind.Channel == channel).Select(kind => kind.Name)];

    public IMessage Read(string kind, ReadOnlySpan<byte> payload) => _kinds[kind].Read(payload);
}
