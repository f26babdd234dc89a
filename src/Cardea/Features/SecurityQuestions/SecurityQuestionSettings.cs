using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Cardea.Features.SecurityQuestions;

/// <summary>The settings under "Cardea:SecurityQuestions".</summary>
public sealed class SecurityQuestionSettings
{
    public const string Section = "Cardea:SecurityQuestions";

    /// <summary>How many a person sets up (S2-08); 0 turns the step off (V6.4.2).</summary>
    [Range(0, 5)]
    public int Required { get; set; }
}

[OptionsValidator]
public sealed partial class SecurityQuestionSettingsValidator : IValidateOptions<SecurityQuestionSettings>;
