using Cardea.Features.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.EmailAddresses;

/// <summary>
/// A corrected work email address that waits for its code (S2-07). One a session: asking again replaces it, so only the newest code works.
/// </summary>
public sealed class EmailChange
{
    public required Guid SessionId { get; init; }

    public required Guid AccountId { get; init; }

    public required string NewAddress { get; set; }

    /// <summary>Six digits are under 112 bits, so they are hashed like a password (ASVS V6.5.2).</summary>
    public required string CodeHash { get; set; }

    public required DateTimeOffset SentAt { get; set; }

    /// <summary>Codes sent in the running hour; asking again never resets <see cref="Tries"/> of the account's session.</summary>
    public required int Sent { get; set; }

    public required DateTimeOffset FirstSentAt { get; set; }

    public required int Tries { get; set; }
}

public sealed class EmailChangeConfiguration : IEntityTypeConfiguration<EmailChange>
{
    public void Configure(EntityTypeBuilder<EmailChange> builder)
    {
        builder.ToTable("EmailChanges");
        builder.HasKey(c => c.SessionId);
        builder.Property(c => c.SessionId).ValueGeneratedNever();
        builder.Property(c => c.NewAddress).HasMaxLength(Account.EmailMaxLength);
        builder.Property(c => c.CodeHash).HasMaxLength(300);
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
