namespace Cardea.Rules.Lifecycle;

/// <summary>What becomes of an account that nobody uses.</summary>
public sealed record LifecyclePolicy
{
    /// <summary>Since the last sign-in; null for never (S2-18).</summary>
    public required TimeSpan? InactiveAfter { get; init; }
}
