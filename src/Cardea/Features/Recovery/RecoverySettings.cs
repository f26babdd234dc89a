using System.ComponentModel.DataAnnotations;
using Cardea.Rules.Recovery;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Recovery;

/// <summary>The settings under "Cardea:Recovery".</summary>
public sealed class RecoverySettings
{
    public const string Section = "Cardea:Recovery";

    /// <summary>A day is the most that NIST SP 800-63B-4 allows (K-13).</summary>
    [Range(typeof(TimeSpan), "00:10:00", "1.00:00:00")]
    public TimeSpan LinkLivesFor { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Of staff. Patients prove that they read their mail, and no more.</summary>
    public ProofAfterLink Proof { get; set; }

    public RecoveryPolicy ToPolicy() => new() { LinkLivesFor = LinkLivesFor, Proof = Proof };
}

[OptionsValidator]
public sealed partial class RecoverySettingsValidator : IValidateOptions<RecoverySettings>;
