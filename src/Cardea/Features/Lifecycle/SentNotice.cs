using Cardea.Features.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.Lifecycle;

/// <summary>What somebody was told of beforehand.</summary>
public enum NoticeKind
{
    /// <summary>S2-16.</summary>
    PasswordExpires,

    /// <summary>S2-18.</summary>
    BecomesInactive,
}

/// <summary>
/// That somebody was told, once for each fact: whatever a job does, twice, on two nodes, or after days, the key lets one notice in. A new password or
/// a new sign-in is another fact.
/// </summary>
public sealed class SentNotice
{
    public required Guid AccountId { get; init; }

    public required NoticeKind Kind { get; init; }

    /// <summary>The time of the fact: when the password was set, or since when the account is idle.</summary>
    public required DateTimeOffset About { get; init; }

    public required DateTimeOffset MadeAt { get; init; }
}

public sealed class SentNoticeConfiguration : IEntityTypeConfiguration<SentNotice>
{
    public void Configure(EntityTypeBuilder<SentNotice> builder)
    {
        builder.ToTable("SentNotices");
        builder.HasKey(n => new { n.AccountId, n.Kind, n.About });
        builder.Property(n => n.Kind).HasConversion<string>().HasMaxLength(20);
        builder.HasOne<Account>().WithMany().HasForeignKey(n => n.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(n => n.MadeAt);   // for retention
    }
}
