using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.SignIn.Passkeys;

/// <summary>An answer to this challenge was looked at: the next one is not. Forgotten when it would be too old anyway.</summary>
public sealed class SpentPasskeyChallenge
{
    public required byte[] Hash { get; init; }

    public required DateTimeOffset SpentAt { get; init; }
}

public sealed class SpentPasskeyChallengeConfiguration : IEntityTypeConfiguration<SpentPasskeyChallenge>
{
    public void Configure(EntityTypeBuilder<SpentPasskeyChallenge> builder)
    {
        builder.ToTable("SpentPasskeyChallenges");
        builder.HasKey(c => c.Hash);
        builder.Property(c => c.Hash).HasMaxLength(32);
        builder.HasIndex(c => c.SpentAt);
    }
}
