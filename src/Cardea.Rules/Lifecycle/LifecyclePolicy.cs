namespace Cardea.Rules.Lifecycle;

/// <summary>What becomes of an account that nobody uses.</summary>
public sealed record LifecyclePolicy
{
    /// <summary>Since the last sign-in; null for never (S2-18).</summary>
    public required TimeSpan? InactiveAfter { get; init; }

    /// <summary>How long before that the owner is told; the account never becomes inactive earlier after the notice than this (S2-18).</summary>
    public required TimeSpan NoticeBefore { get; init; }
}
