using System.ComponentModel.DataAnnotations;
using Cardea.Rules.Lifecycle;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Lifecycle;

/// <summary>The settings under "Cardea:Lifecycle".</summary>
public sealed class LifecycleSettings
{
    public const string Section = "Cardea:Lifecycle";

    /// <summary>Without a sign-in (S2-18). Unset for never.</summary>
    [Range(typeof(TimeSpan), "15.00:00:00", "3650.00:00:00")]
    public TimeSpan? InactiveAfter { get; set; }

    public LifecyclePolicy ToPolicy() => new() { InactiveAfter = InactiveAfter };
}

[OptionsValidator]
public sealed partial class LifecycleSettingsValidator : IValidateOptions<LifecycleSettings>;
