namespace Cardea.Demo;

/// <summary>The machine's clock, run ahead. Time goes by as ever; only the date differs.</summary>
public sealed class MovedClock : TimeProvider
{
    public TimeSpan Offset { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;
}
