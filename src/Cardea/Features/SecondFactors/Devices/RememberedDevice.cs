using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.SecondFactors.Devices;

/// <summary>
/// A browser in which somebody proved their second factor and wished not to be asked again for some days (S1-08). How many is not kept here: it
/// follows from the organization's setting, whose change ends it, as a new password does.
/// </summary>
public sealed class RememberedDevice
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>Of a cookie of its own.</summary>
    public required byte[] SecretHash { get; init; }

    public required DateTimeOffset RememberedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public required string Address { get; init; }

    public required string UserAgent { get; init; }

    public DateTimeOffset? ForgottenAt { get; set; }
}

public sealed class RememberedDeviceConfiguration : IEntityTypeConfiguration<RememberedDevice>
{
    public void Configure(EntityTypeBuilder<RememberedDevice> builder)
    {
        builder.ToTable("RememberedDevices");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.SecretHash).HasMaxLength(32);
        builder.Property(d => d.Address).HasMaxLength(45);
        builder.Property(d => d.UserAgent).HasMaxLength(Session.UserAgentMaxLength);
        builder.HasOne<Account>().WithMany().HasForeignKey(d => d.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(d => new { d.AccountId, d.SecretHash });
    }
}
