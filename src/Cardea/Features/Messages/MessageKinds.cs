using System.Text.Json;

namespace Cardea.Features.Messages;

/// <summary>A kind of mail that this version can send.</summary>
public abstract class MailKind(string name)
{
    public string Name => name;

    public abstract IMail Read(ReadOnlySpan<byte> payload);
}

public sealed class MailKind<TMail>() : MailKind(TMail.Kind)
    where TMail : IMail
{
    public override IMail Read(ReadOnlySpan<byte> payload) =>
        JsonSerializer.Deserialize<TMail>(payload) ?? throw new JsonException("The payload is null.");
}

/// <summary>All kinds, written out one by one where their features introduce themselves.</summary>
public sealed class MailKinds(IEnumerable<MailKind> kinds)
{
    private readonly Dictionary<string, MailKind> _kinds = kinds.ToDictionary(kind => kind.Name);

    public IReadOnlyCollection<string> Names => _kinds.Keys;

    public IMail Read(string kind, ReadOnlySpan<byte> payload) => _kinds[kind].Read(payload);
}
