using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Cardea.Features.EmailAddresses;

/// <summary>The settings under "Cardea:EmailAddresses".</summary>
public sealed class EmailAddressSettings
{
    public const string Section = "Cardea:EmailAddresses";

    /// <summary>Whether the first sign-in asks to confirm the work address (S2-07).</summary>
    public bool Asked { get; set; } = true;

    /// <summary>Unset: a confirmed address is never asked again (S2-15).</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan? ReconfirmedEvery { get; set; }
}

[OptionsValidator]
public sealed partial class EmailAddressSettingsValidator : IValidateOptions<EmailAddressSettings>;
