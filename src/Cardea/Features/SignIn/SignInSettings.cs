using System.ComponentModel.DataAnnotations;
using Cardea.Rules.SignIn;
using Microsoft.Extensions.Options;

namespace Cardea.Features.SignIn;

/// <summary>The settings under "Cardea:SignIn".</summary>
public sealed class SignInSettings : IValidatableObject
{
    public const string Section = "Cardea:SignIn";

    /// <summary>The lock doubles in one SQL statement with this many arms.</summary>
    public const int MostDoublings = 5;

    public IdentifierKind Identifier { get; set; }

    [Range(2, 20)]
    public int FailuresBeforeLock { get; set; } = 5;

    [Range(typeof(TimeSpan), "00:00:30", "1.00:00:00")]
    public TimeSpan FirstLock { get; set; } = TimeSpan.FromMinutes(3);

    [Range(typeof(TimeSpan), "00:00:30", "1.00:00:00")]
    public TimeSpan LongestLock { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>NIST SP 800-63B-4, 3.2.2: at most 100.</summary>
    [Range(10, 100)]
    public int HardStopAfter { get; set; } = 100;

    public LockPolicy ToPolicy() => new()
    {
        FailuresBeforeLock = FailuresBeforeLock,
        FirstLock = FirstLock,
        LongestLock = LongestLock,
        HardStopAfter = HardStopAfter,
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LongestLock < FirstLock || LongestLock > FirstLock * (1 << MostDoublings))
        {
            yield return new($"{Section}:LongestLock must be between {Section}:FirstLock and 32 times that.");
        }
    }
}

[OptionsValidator]
public sealed partial class SignInSettingsValidator : IValidateOptions<SignInSettings>;
