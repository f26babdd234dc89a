using Cardea.Features.Organizations;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.SecondFactors.Clinics;

/// <summary>That an organization asks its people for a second factor (S1-01). No row: it does not.</summary>
public sealed class OrganizationFactorSetting
{
    public required Guid OrganizationId { get; init; }

    public required OrganizationMethod Method { get; set; }

    /// <summary>0 for every time, else 3 to 90 (S1-08).</summary>
    public required int RememberDays { get; set; }

    public required DateTimeOffset From { get; set; }

    /// <summary>Ends what was remembered before (S1-08).</summary>
    public required DateTimeOffset ChangedAt { get; set; }

    public Organization? Organization { get; init; }

    public OrganizationSecondFactor ToRule() => new(Method, RememberDays, From, ChangedAt);
}

public sealed class OrganizationFactorSettingConfiguration : IEntityTypeConfiguration<OrganizationFactorSetting>
{
    public void Configure(EntityTypeBuilder<OrganizationFactorSetting> builder)
    {
        builder.ToTable("OrganizationFactorSettings");
        builder.HasKey(s => s.OrganizationId);
        builder.Property(s => s.OrganizationId).ValueGeneratedNever();
        builder.Property(s => s.Method).HasConversion<string>().HasMaxLength(20);
        builder.HasOne(s => s.Organization).WithOne(o => o.FactorSetting).HasForeignKey<OrganizationFactorSetting>(s => s.OrganizationId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}
