using Xunit.v3;

namespace Cardea.Tests.Infrastructure;

/// <summary>Names the scenarios and security requirements that a test proves, so that a list can be made of them.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class ScenarioAttribute(params string[] ids) : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [.. ids.Select(id => KeyValuePair.Create("Scenario", id))];
}
