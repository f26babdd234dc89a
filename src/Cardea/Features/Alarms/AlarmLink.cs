using Cardea.Features.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.Alarms;

/// <summary>"This was not me": the link in a notice by which the owner freezes the account. It only ever makes the account safer.</summary>
public sealed class AlarmLink
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    public required byte[] SecretHash { get; init; }

    /// <summary>Where the new device was that it speaks of: the same place is told of once a day. Empty for all else, which keeps no new device quiet.</summary>
    public required string Address { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}

public sealed class AlarmLinkConfiguration : IEntityTypeConfiguration<AlarmLink>
{
    public void Configure(EntityTypeBuilder<AlarmLink> builder)
    {
        builder.ToTable("AlarmLinks");
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.SecretHash).HasMaxLength(32);
        builder.Property(l => l.Address).HasMaxLength(45);
        builder.HasOne<Account>().WithMany().HasForeignKey(l => l.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(l => l.SecretHash).IsUnique();
        builder.HasIndex(l => new { l.AccountId, l.MadeAt });
    }
}
