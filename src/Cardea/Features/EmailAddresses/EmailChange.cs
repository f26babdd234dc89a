using Cardea.Features.Accounts;
using Cardea.Rules.OneTimeCodes;
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

    public required string NewAddress { get; init; }

    /// <summary>Six digits are under 112 bits, so they are hashed like a password (ASVS V6.5.2).</summary>
    public required string CodeHash { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    /// <summary>Codes sent in the running hour, which began at <see cref="FirstSentAt"/>.</summary>
    public required int Sent { get; init; }

    public required DateTimeOffset FirstSentAt { get; init; }

    /// <summary>Of this code; raised before the code is compared .</summary>
    public required int Tries { get; init; }

    public CodesSent Codes => new(Sent, FirstSentAt, SentAt);
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
        builder.Ignore(c => c.Codes);
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
