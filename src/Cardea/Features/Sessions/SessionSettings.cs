using System.ComponentModel.DataAnnotations;
using Cardea.Rules.Sessions;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Sessions;

/// <summary>The settings under "Cardea:Sessions". The limits stay within NIST SP 800-63B-4 AAL2: an hour idle, a day in all (N-13).</summary>
public sealed class SessionSettings : IValidatableObject
{
    public const string Section = "Cardea:Sessions";

    [Range(typeof(TimeSpan), "00:05:00", "01:00:00")]
    public TimeSpan Idle { get; set; } = TimeSpan.FromMinutes(30);

    [Range(typeof(TimeSpan), "00:30:00", "1.00:00:00")]
    public TimeSpan Whole { get; set; } = TimeSpan.FromHours(12);

    /// <summary>At least 20 seconds, so that everybody can react (WCAG 2.2.1).</summary>
    [Range(typeof(TimeSpan), "00:00:20", "00:10:00")]
    public TimeSpan WarnBefore { get; set; } = TimeSpan.FromMinutes(2);

    public SessionPolicy ToPolicy() => new() { Idle = Idle, Whole = Whole, WarnBefore = WarnBefore };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (WarnBefore >= Idle)
        {
            yield return new($"{Section}:WarnBefore must be shorter than {Section}:Idle.");
        }
    }
}

[OptionsValidator]
public sealed partial class SessionSettingsValidator : IValidateOptions<SessionSettings>;
