using Cardea.Features.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.Passwords;

/// <summary>A password that a person has had, as its hash: it must not come back too soon (S2-13). Temporary ones are none of theirs.</summary>
public sealed class FormerPassword
{
    public const string Table = "FormerPasswords";

    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    public required string Hash { get; init; }

    public required DateTimeOffset ReplacedAt { get; init; }
}

public sealed class FormerPasswordConfiguration : IEntityTypeConfiguration<FormerPassword>
{
    public void Configure(EntityTypeBuilder<FormerPassword> builder)
    {
        builder.ToTable(FormerPassword.Table);
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Hash).HasMaxLength(300);
        builder.HasIndex(p => new { p.AccountId, p.ReplacedAt });
        builder.HasOne<Account>().WithMany().HasForeignKey(p => p.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
