using NSec.Cryptography;

namespace Cardea.Bench;

/// <summary>What one password hash costs this machine when nothing else runs: the yardstick for every other figure.</summary>
internal sealed class HashCost
{
    private const int HashesPerSample = 20;

    private static readonly Argon2id s_argon2id = PasswordBasedKeyDerivationAlgorithm.Argon2id(
        new Argon2Parameters { MemorySize = 19456, NumberOfPasses = 2, DegreeOfParallelism = 1 });

    private readonly List<double> _samples = [];

    /// <summary>Median of the samples, in milliseconds of CPU time.</summary>
    public double Milliseconds => Latency.Of(_samples).P50;

    /// <summary>Hashes for a moment on this one thread. Sampled all through the run, because the machine's speed may drift.</summary>
    public void Sample()
    {
        Span<byte> hash = stackalloc byte[32];
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < HashesPerSample; i++)
        {
            Hash("Harbor-Lantern-2041#"u8, "sixteen bytes ok"u8, hash);
        }

        _samples.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds / HashesPerSample);
    }

    public static void Hash(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, Span<byte> hash) =>
        s_argon2id.DeriveBytes(password, salt, hash);
}
