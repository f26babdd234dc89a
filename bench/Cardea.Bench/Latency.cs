namespace Cardea.Bench;

/// <summary>How long things took, in milliseconds.</summary>
internal sealed record Latency(double P50, double P95, double P99, double Longest)
{
    public static Latency Of(IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return sorted.Length == 0 ? new(0, 0, 0, 0) : new(At(0.50), At(0.95), At(0.99), sorted[^1]);

        // Nearest rank: the smallest measured value that this share of all values does not exceed.
        double At(double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }
}
