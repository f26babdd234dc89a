using Cardea.Features.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.SecondFactors.Passkeys;

public enum PasskeyPurpose
{
    SetUp,
    Prove,
}

/// <summary>
/// What a browser was asked to sign, waiting for its answer. One a session and purpose: asking again replaces it, and the answer to it is
/// worth nothing in another session.
/// </summary>
public sealed class PasskeyChallenge
{
    public required Guid SessionId { get; init; }

    public required PasskeyPurpose Purpose { get; init; }

    /// <summary>Encrypted for this session and purpose, so that a row moved to another is worth nothing.</summary>
    public required byte[] ProtectedState { get; init; }

    public required DateTimeOffset MadeAt { get; init; }
}

public sealed class PasskeyChallengeConfiguration : IEntityTypeConfiguration<PasskeyChallenge>
{
    public void Configure(EntityTypeBuilder<PasskeyChallenge> builder)
    {
        builder.ToTable("PasskeyChallenges");
        builder.HasKey(c => new { c.SessionId, c.Purpose });
        builder.Property(c => c.Purpose).HasConversion<string>().HasMaxLength(20);
        builder.Property(c => c.ProtectedState).HasMaxLength(4_000);
        builder.HasOne<Session>().WithMany().HasForeignKey(c => c.SessionId).OnDelete(DeleteBehavior.Cascade);
    }
}
