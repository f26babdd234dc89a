using Cardea.Features.Accounts;
using Cardea.Rules.OneTimeCodes;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.SecondFactors.Codes;

/// <summary>
/// A code on its way to a person (S1-06, F-03). One a session: asking again, also for the other kind, replaces it, so only the newest works,
/// and only in the sign-in that asked for it.
/// </summary>
public sealed class SentCode
{
    public required Guid SessionId { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>Email or Text.</summary>
    public required FactorKinds Kind { get; init; }

    /// <summary>An email address, or a phone number in E.164.</summary>
    public required string To { get; init; }

    /// <summary>Six digits are under 112 bits, so they are hashed like a password (ASVS V6.5.2).</summary>
    public required string CodeHash { get; init; }

    /// <summary>In the outbox: the ten minutes begin when it was first handed over.</summary>
    public required Guid MessageId { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    /// <summary>Codes sent in the running hour, which began at <see cref="FirstSentAt"/>.</summary>
    public required int Sent { get; init; }

    public required DateTimeOffset FirstSentAt { get; init; }

    /// <summary>Of this code; raised before the code is compared .</summary>
    public required int Tries { get; init; }

    public CodesSent Codes => new(Sent, FirstSentAt, SentAt);
}

public sealed class SentCodeConfiguration : IEntityTypeConfiguration<SentCode>
{
    public void Configure(EntityTypeBuilder<SentCode> builder)
    {
        builder.ToTable("SentCodes");
        builder.HasKey(c => c.SessionId);
        builder.Property(c => c.SessionId).ValueGeneratedNever();
        builder.Property(c => c.To).HasMaxLength(Account.EmailMaxLength);
        builder.Property(c => c.CodeHash).HasMaxLength(300);
        builder.Ignore(c => c.Codes);
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
