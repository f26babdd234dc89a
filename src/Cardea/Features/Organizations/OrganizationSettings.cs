using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Organizations;

/// <summary>The settings under "Cardea:Organizations".</summary>
public sealed class OrganizationSettings
{
    public const string Section = "Cardea:Organizations";

    /// <summary>Before the last day of a data-use agreement the organization is told, once; whole days count.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")]
    public TimeSpan AgreementNoticeBefore { get; set; } = TimeSpan.FromDays(60);
}

[OptionsValidator]
public sealed partial class OrganizationSettingsValidator : IValidateOptions<OrganizationSettings>;
