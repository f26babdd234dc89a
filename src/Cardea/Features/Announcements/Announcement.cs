using Cardea.Features.Accounts;
using Cardea.Features.Organizations;
using Cardea.Rules.Announcements;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.Announcements;

/// <summary>Something that an operator, or an administrator to the own people, has to say.</summary>
public sealed class Announcement
{
    public required Guid Id { get; init; }

    public required AnnouncementKind Kind { get; set; }

    public required AnnouncementAudience Audience { get; set; }

    /// <summary>Null for all organizations.</summary>
    public required Guid? OrganizationId { get; init; }

    public required DateTimeOffset From { get; set; }

    /// <summary>From then on nobody sees it; null for as long as nobody takes it back.</summary>
    public required DateTimeOffset? Until { get; set; }

    public required Guid WrittenBy { get; init; }

    public required DateTimeOffset WrittenAt { get; init; }

    public DateTimeOffset? WithdrawnAt { get; set; }

    public ICollection<AnnouncementText> Texts { get; init; } = [];
}

/// <summary>An announcement in one language.</summary>
public sealed class AnnouncementText
{
    public required Guid AnnouncementId { get; init; }

    /// <summary>"en", "es" or "fr".</summary>
    public required string Language { get; init; }

    public required string Title { get; set; }

    public required string Body { get; set; }
}

/// <summary>That somebody has seen an announcement.</summary>
public sealed class AnnouncementReading
{
    public required Guid AccountId { get; init; }

    public required Guid AnnouncementId { get; init; }

    public required DateTimeOffset ReadAt { get; init; }
}

public sealed class AnnouncementConfiguration : IEntityTypeConfiguration<Announcement>
{
    public void Configure(EntityTypeBuilder<Announcement> builder)
    {
        builder.ToTable("Announcements");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(a => a.Audience).HasConversion<string>().HasMaxLength(20);
        builder.HasOne<Organization>().WithMany().HasForeignKey(a => a.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(a => a.Texts).WithOne().HasForeignKey(t => t.AnnouncementId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(a => a.Until);
    }
}

public sealed class AnnouncementTextConfiguration : IEntityTypeConfiguration<AnnouncementText>
{
    public void Configure(EntityTypeBuilder<AnnouncementText> builder)
    {
        builder.ToTable("AnnouncementTexts");
        builder.HasKey(t => new { t.AnnouncementId, t.Language });
        builder.Property(t => t.Language).HasMaxLength(5);
        builder.Property(t => t.Title).HasMaxLength(AnnouncementRules.TitleMaxLength);
        builder.Property(t => t.Body).HasMaxLength(AnnouncementRules.BodyMaxLength);
    }
}

public sealed class AnnouncementReadingConfiguration : IEntityTypeConfiguration<AnnouncementReading>
{
    public void Configure(EntityTypeBuilder<AnnouncementReading> builder)
    {
        builder.ToTable("AnnouncementReadings");
        builder.HasKey(r => new { r.AccountId, r.AnnouncementId });
        builder.HasOne<Account>().WithMany().HasForeignKey(r => r.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Announcement>().WithMany().HasForeignKey(r => r.AnnouncementId).OnDelete(DeleteBehavior.Cascade);
    }
}
