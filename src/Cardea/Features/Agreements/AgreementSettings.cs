using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Agreements;

/// <summary>The settings under "Cardea:Agreements".</summary>
public sealed class AgreementSettings
{
    public const string Section = "Cardea:Agreements";

    public bool Asked { get; set; } = true;

    /// <summary>Unset: an accepted version is never asked again (S2-15).</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan? RenewedEvery { get; set; }
}

[OptionsValidator]
public sealed partial class AgreementSettingsValidator : IValidateOptions<AgreementSettings>;
