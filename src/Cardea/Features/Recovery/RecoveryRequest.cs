using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.Recovery;

/// <summary>
/// What somebody asked for at the door, until it is worked off a moment later. Whoever asks waits for this one row alone, so that the time of the
/// answer tells nothing (S2-31).
/// </summary>
public sealed class RecoveryRequest
{
    public required Guid Id { get; init; }

    /// <summary>A <see cref="RecoveryWish"/>, encrypted: what strangers type is nobody's business.</summary>
    public required byte[] Payload { get; init; }

    public required DateTimeOffset MadeAt { get; init; }
}

public sealed class RecoveryRequestConfiguration : IEntityTypeConfiguration<RecoveryRequest>
{
    public void Configure(EntityTypeBuilder<RecoveryRequest> builder)
    {
        builder.ToTable("RecoveryRequests");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.HasIndex(r => r.MadeAt);
    }
}
