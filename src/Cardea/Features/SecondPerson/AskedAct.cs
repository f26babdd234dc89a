using System.Text.Json;
using System.Text.Json.Serialization;
using Cardea.Features.People;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;

namespace Cardea.Features.SecondPerson;

/// <summary>What exactly is to be done; kept as <see cref="PendingAct.Details"/>.</summary>
/// <param name="AskedIn">For which organization the first person worked.</param>
public sealed record AskedAct(Guid AskedIn)
{
    private static readonly JsonSerializerOptions Shape = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Of <see cref="SecondPersonKind.UncheckedHelp"/>.</summary>
    public PersonAct? Help { get; init; }

    /// <summary>Of <see cref="SecondPersonKind.SwitchOffMfa"/>: null for no second factor at all.</summary>
    public OrganizationMethod? Method { get; init; }

    public int? RememberDays { get; init; }

    public DateTimeOffset? From { get; init; }

    public static AskedAct Read(string details) => JsonSerializer.Deserialize<AskedAct>(details, Shape)!;

    public string Write() => JsonSerializer.Serialize(this, Shape);

    /// <summary>Kept for years: never taken from the type.</summary>
    public static string NameOf(SecondPersonKind kind) => kind switch
    {
        SecondPersonKind.MakeOperator => "make-operator",
        SecondPersonKind.ResetFactors => "reset-factors",
        SecondPersonKind.SwitchOffMfa => "switch-off-mfa",
        SecondPersonKind.UncheckedHelp => "unchecked-help",
    };

    public static SecondPersonKind KindOf(string name) => Enum.GetValues<SecondPersonKind>().Single(kind => NameOf(kind) == name);
}
