using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Cardea.Features.AccessReview;

/// <summary>The settings under "Cardea:AccessReview".</summary>
public sealed class AccessReviewSettings
{
    public const string Section = "Cardea:AccessReview";

    /// <summary>How often somebody says of each person that they still need their access; whole days count.</summary>
    [Range(typeof(TimeSpan), "30.00:00:00", "1095.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How long after that unconfirmed access ends by itself; null for never: then it is only listed.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")]
    public TimeSpan? EndsAfter { get; set; }
}

[OptionsValidator]
public sealed partial class AccessReviewSettingsValidator : IValidateOptions<AccessReviewSettings>;
