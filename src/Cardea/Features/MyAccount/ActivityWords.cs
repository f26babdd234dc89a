using System.Text.Json;
using Cardea.Features.Audit;
using Cardea.Rules.SecondFactors;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.MyAccount;

/// <summary>What the audit trail knows about an account, in words for its owner. A test holds this list equal to the events that there are.</summary>
public static class ActivityWords
{
    /// <summary>What happens all the time and tells nobody anything.</summary>
    public static readonly IReadOnlyList<string> NotShown = ["message.sent.v1"];

    /// <summary>Null for what a newer version wrote, while two run side by side.</summary>
    public static string? Of(AuditEntry entry, IStringLocalizer<Words> words, IStringLocalizer<Messages.Words> mailWords)
    {
        var name = entry.Name[..entry.Name.LastIndexOf('.')];
        var special = words[$"Activity.{name}.{entry.Reason}"];
        var sentence = special.ResourceNotFound ? words[$"Activity.{name}", FactorOf(entry, mailWords)] : special;
        return sentence.ResourceNotFound ? null : sentence.Value;
    }

    /// <summary>Which kind of factor it was, where it was one.</summary>
    private static string FactorOf(AuditEntry entry, IStringLocalizer<Messages.Words> words)
    {
        using var payload = JsonDocument.Parse(entry.Payload);
        return payload.RootElement.TryGetProperty("Kind", out var kind) && kind.ValueKind is JsonValueKind.String && Enum.TryParse<FactorKinds>(kind.GetString(), out var factor)
            ? words[$"Factor{factor}"]
            : "";
    }
}
