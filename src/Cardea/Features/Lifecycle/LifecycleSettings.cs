using System.ComponentModel.DataAnnotations;
using Cardea.Rules.Lifecycle;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Lifecycle;

/// <summary>The settings under "Cardea:Lifecycle".</summary>
public sealed class LifecycleSettings : IValidatableObject
{
    public const string Section = "Cardea:Lifecycle";

    /// <summary>Without a sign-in (S2-18). Unset for never.</summary>
    [Range(typeof(TimeSpan), "15.00:00:00", "3650.00:00:00")]
    public TimeSpan? InactiveAfter { get; set; }

    /// <summary>The owner is told.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "60.00:00:00")]
    public TimeSpan NoticeBefore { get; set; } = TimeSpan.FromDays(10);

    public LifecyclePolicy ToPolicy() => new() { InactiveAfter = InactiveAfter, NoticeBefore = NoticeBefore };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (NoticeBefore >= InactiveAfter)
        {
            yield return new($"{Section}:NoticeBefore must be shorter than {Section}:InactiveAfter.");
        }
    }
}

[OptionsValidator]
public sealed partial class LifecycleSettingsValidator : IValidateOptions<LifecycleSettings>;
