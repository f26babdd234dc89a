using Cardea.Features.Accounts;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.SecondFactors;

/// <summary>Why a factor is gone; kept in the table and the audit trail.</summary>
public enum FactorEnd
{
    /// <summary>It was blocked, and its owner has proven themselves in another way since.</summary>
    Blocked,

    ByOwner,

    /// <summary>S1-11.</summary>
    ByAdministrator,
}

/// <summary>
/// Something a person proves themselves with beside the password. Removing it marks the row: all that was ever bound to an account stays on
/// record, with its dates (N-17).
/// </summary>
public sealed class Factor
{
    public const int NameMaxLength = 60;

    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>One kind.</summary>
    public required FactorKinds Kind { get; init; }

    /// <summary>Of an authenticator: encrypted, see <see cref="AuthenticatorKeys"/>; wiped when it is blocked or removed.</summary>
    public byte[]? ProtectedKey { get; set; }

    /// <summary>Of texts: in E.164.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>Of an authenticator: the newest time step that was accepted. Raised by compare-and-set only .</summary>
    public long? LastStep { get; set; }

    /// <summary>Of a passkey: by which its authenticator, and Identity's record of the key, know it.</summary>
    public byte[]? CredentialId { get; init; }

    /// <summary>Of a passkey: how often it says to have signed; 0 where it does not count. Raised by compare-and-set only .</summary>
    public long? SignCount { get; set; }

    /// <summary>Given by its owner, to tell it from others; null for none.</summary>
    public string? Name { get; set; }

    public required DateTimeOffset AddedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>
    /// Set after so many wrong codes in a row that somebody must be guessing (N-07). It proves nothing any more, but it is still asked for: else
    /// whoever has the password would only have to guess long enough to be offered a new one.
    /// </summary>
    public DateTimeOffset? BlockedAt { get; set; }

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
        builder.Property(f => f.PhoneNumber).HasMaxLength(16);
        builder.Property(f => f.CredentialId).HasMaxLength(1023);
        builder.Property(f => f.Name).HasMaxLength(Factor.NameMaxLength);
        builder.Property(f => f.RemovedBecause).HasConversion<string>().HasMaxLength(40);
        builder.HasOne<Account>().WithMany().HasForeignKey(f => f.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(f => new { f.AccountId, f.RemovedAt });
        builder.HasIndex(f => f.CredentialId).IsUnique();
    }
}
