using System.ComponentModel.DataAnnotations;
using Cardea.Rules.Passwords;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Passwords;

/// <summary>The settings under "Cardea:Passwords". Lengths are code points after NFC.</summary>
public sealed class PasswordSettings : IValidatableObject
{
    public const string Section = "Cardea:Passwords";

    [Range(8, PasswordRules.LongestEver)]
    public int MinimumLength { get; set; } = 12;

    [Range(8, PasswordRules.LongestEver)]
    public int MaximumLength { get; set; } = PasswordRules.LongestEver;

    public bool RequireUpperCase { get; set; }

    public bool RequireLowerCase { get; set; }

    public bool RequireDigit { get; set; }

    /// <summary>One of these is required; empty asks for none.</summary>
    public string RequiredSpecials { get; set; } = "";

    /// <summary>How many of a person's last passwords must not come back, the one they have included. Each costs a hash.</summary>
    [Range(1, 24)]
    public int HistoryLength { get; set; } = 1;

    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan? ExpiresAfter { get; set; }

    [Range(typeof(TimeSpan), "1.00:00:00", "60.00:00:00")]
    public TimeSpan NoticeBefore { get; set; } = TimeSpan.FromDays(10);

    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00")]
    public TimeSpan TemporaryLivesFor { get; set; } = TimeSpan.FromHours(72);

    public PasswordPolicy ToPolicy() => new()
    {
        MinimumLength = MinimumLength,
        MaximumLength = MaximumLength,
        RequireUpperCase = RequireUpperCase,
        RequireLowerCase = RequireLowerCase,
        RequireDigit = RequireDigit,
        RequiredSpecials = RequiredSpecials,
        HistoryLength = HistoryLength,
        ExpiresAfter = ExpiresAfter,
        NoticeBefore = NoticeBefore,
        TemporaryLivesFor = TemporaryLivesFor,
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaximumLength < MinimumLength)
        {
            yield return new($"{Section}:MaximumLength must not be below {Section}:MinimumLength.");
        }
    }
}

[OptionsValidator]
public sealed partial class PasswordSettingsValidator : IValidateOptions<PasswordSettings>;
