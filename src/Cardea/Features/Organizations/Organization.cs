using Cardea.Features.Accounts;
using Cardea.Features.SecondFactors.Clinics;
using Cardea.Features.Shared;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.Organizations;

/// <summary>A clinic, school, pharmacy or agency whose staff use the registry. Its code is the first thing they type (S2-03).</summary>
public sealed class Organization
{
    public const int CodeMaxLength = 20;
    public const int NameMaxLength = 200;
    public const int HelpPhoneMaxLength = 40;

    public required Guid Id { get; init; }

    /// <summary>Compared exactly (S2-04).</summary>
    public required string Code { get; set; }

    /// <summary>What keeps look-alike codes apart: <see cref="Rules.Accounts.SignInNames.Skeleton"/> of the code.</summary>
    public required string CodeSkeleton { get; set; }

    public required string Name { get; set; }

    public required OrganizationType Type { get; set; }

    /// <summary>IANA id; times are shown to the organization's people in it.</summary>
    public required string TimeZone { get; set; }

    /// <summary>"en", "es" or "fr", in which its people are greeted until they have chosen; null for that of their browser.</summary>
    public string? Language { get; set; }

    /// <summary>Whom its people ask first; null for the help desk of the registry.</summary>
    public string? HelpPhone { get; set; }

    public string? HelpEmail { get; set; }

    /// <summary>The agency or company that it is a part of.</summary>
    public Guid? ParentId { get; set; }

    /// <summary>Nobody works for it any more, and its people cannot sign in there.</summary>
    public DateTimeOffset? DeactivatedAt { get; set; }

    /// <summary>First day of its data-use agreement.</summary>
    public DateOnly? AgreementFrom { get; set; }

    /// <summary>Last day of its data-use agreement.</summary>
    public DateOnly? AgreementUntil { get; set; }

    /// <summary>The <see cref="AgreementUntil"/> of which somebody was reminded, once.</summary>
    public DateOnly? AgreementRemindedOf { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null where the organization asks nobody for a second factor.</summary>
    public OrganizationFactorSetting? FactorSetting { get; init; }

    /// <summary>"Riverside Clinic (RIVERSIDE)".</summary>
    public string Label => $"{Name} ({Code})";
}

public sealed class OrganizationConfiguration : IEntityTypeConfiguration<Organization>
{
    public const string Table = "Organizations";   // the operation turns a violation of its unique indexes into an answer

    public void Configure(EntityTypeBuilder<Organization> builder)
    {
        builder.ToTable(Table);
        builder.Property(o => o.Id).ValueGeneratedNever();
        builder.Property(o => o.Code).HasMaxLength(Organization.CodeMaxLength);
        builder.Property(o => o.CodeSkeleton).HasMaxLength(Organization.CodeMaxLength);
        builder.Property(o => o.Name).HasMaxLength(Organization.NameMaxLength);
        builder.Property(o => o.Type).HasConversion<string>().HasMaxLength(40);
        builder.Property(o => o.TimeZone).HasMaxLength(LocalTime.ZoneMaxLength);
        builder.Property(o => o.Language).HasMaxLength(5);
        builder.Property(o => o.HelpPhone).HasMaxLength(Organization.HelpPhoneMaxLength);
        builder.Property(o => o.HelpEmail).HasMaxLength(Account.EmailMaxLength);
        builder.HasOne<Organization>().WithMany().HasForeignKey(o => o.ParentId).OnDelete(DeleteBehavior.Restrict);
        builder.Ignore(o => o.Label);
        builder.HasIndex(o => o.AgreementUntil);
        builder.HasIndex(o => o.Code).IsUnique();
        builder.HasIndex(o => o.CodeSkeleton).IsUnique();
    }
}
