using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Passwords;

public enum HashAlgorithm
{
    Argon2id,

    /// <summary>Where FIPS 140 is asked for.</summary>
    Pbkdf2Sha512,
}

/// <summary>
/// The settings under "Cardea:Hashing". The floors are OWASP's and ASVS V11.4.2's; a weaker value stops the start.
/// </summary>
public sealed class HashingSettings
{
    public const string Section = "Cardea:Hashing";

    public HashAlgorithm Algorithm { get; set; } = HashAlgorithm.Argon2id;

    /// <summary>Argon2id memory in KiB.</summary>
    [Range(19_456, 1_048_576)]
    public int MemoryKiB { get; set; } = 19_456;

    /// <summary>Argon2id passes over the memory.</summary>
    [Range(2, 20)]
    public int Passes { get; set; } = 2;

    /// <summary>PBKDF2 iterations.</summary>
    [Range(220_000, 10_000_000)]
    public int Iterations { get; set; } = 220_000;

    /// <summary>Hashes computed at the same time; 0 means one a core.</summary>
    [Range(0, 64)]
    public int Workers { get; set; }

    /// <summary>Whoever would have to wait longer than this for a hash is turned away at once, kindly (S0-04, A-17).</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>Bound of the queue whatever the estimate says.</summary>
    [Range(1, 100_000)]
    public int LongestQueue { get; set; } = 2_000;
}

[OptionsValidator]
public sealed partial class HashingSettingsValidator : IValidateOptions<HashingSettings>;
