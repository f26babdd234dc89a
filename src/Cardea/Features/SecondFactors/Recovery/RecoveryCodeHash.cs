using Cardea.Features.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.SecondFactors.Recovery;

/// <summary>One of the ten recovery codes of a person (S1-12), hashed like a password (V6.5.2). Deleted when it is used.</summary>
public sealed class RecoveryCodeHash
{
    public required Guid AccountId { get; init; }

    /// <summary>0 to 9; the first character of the code says so.</summary>
    public required int Position { get; init; }

    public required string CodeHash { get; init; }

    public required DateTimeOffset MadeAt { get; init; }
}

public sealed class RecoveryCodeHashConfiguration : IEntityTypeConfiguration<RecoveryCodeHash>
{
    public void Configure(EntityTypeBuilder<RecoveryCodeHash> builder)
    {
        builder.ToTable("RecoveryCodes");
        builder.HasKey(c => new { c.AccountId, c.Position });
        builder.Property(c => c.CodeHash).HasMaxLength(300);
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
