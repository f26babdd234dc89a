using Cardea.Features.Accounts;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.SecondFactors;

/// <summary>Why a factor counts no more; kept in the table and the audit trail.</summary>
public enum FactorEnd
{
    /// <summary>So many wrong codes in a row that somebody must be guessing (N-07).</summary>
    GuessedAt,
}

/// <summary>
/// Something a person proves themselves with beside the password. Removing it marks the row: all that was ever bound to an account stays on
/// record, with its dates (N-17).
/// </summary>
public sealed class Factor
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>One kind.</summary>
    public required FactorKinds Kind { get; init; }

    /// <summary>Of an authenticator: encrypted, see <see cref="AuthenticatorKeys"/>; wiped when it is removed.</summary>
    public byte[]? ProtectedKey { get; set; }

    /// <summary>Of an authenticator: the newest time step that was accepted. Raised by compare-and-set only .</summary>
    public long? LastStep { get; set; }

    public required DateTimeOffset AddedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RemovedAt { get; set; }

    public FactorEnd? RemovedBecause { get; set; }
}

public sealed class FactorConfiguration : IEntityTypeConfiguration<Factor>
{
    public void Configure(EntityTypeBuilder<Factor> builder)
    {
        builder.ToTable("Factors");
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.Property(f => f.ProtectedKey).HasMaxLength(400);
        builder.Property(f => f.RemovedBecause).HasConversion<string>().HasMaxLength(40);
        builder.HasOne<Account>().WithMany().HasForeignKey(f => f.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(f => new { f.AccountId, f.RemovedAt });
    }
}
