using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.Messages;

public enum OutboxState
{
    Waiting,
    Sent,
    Refused,
    Useless,
}

/// <summary>
/// A message that was promised in the same transaction as the change it speaks of, and is sent after the commit. Its payload is encrypted,
/// and wiped as soon as it was handed over.
/// </summary>
public sealed class OutboxMessage
{
    public required Guid Id { get; init; }

    /// <summary>Which message, such as "email-code"; safe to log.</summary>
    public required string Kind { get; init; }

    public Guid? AccountId { get; init; }

    public byte[]? Payload { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>A code that died needs no mail any more.</summary>
    public required DateTimeOffset UselessAfter { get; init; }

    public required OutboxState State { get; set; }

    public required DateTimeOffset NextAttemptAt { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset? HandedOverAt { get; set; }

    /// <summary>What the mail server, or the provider of texts, said last; never the recipient or the text.</summary>
    public string? LastAnswer { get; set; }
}

public sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public const int LastAnswerMaxLength = 200;

    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("OutboxMessages");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Kind).HasMaxLength(40);
        builder.Property(m => m.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(m => m.LastAnswer).HasMaxLength(LastAnswerMaxLength);
        builder.HasIndex(m => new { m.State, m.NextAttemptAt });
        builder.HasIndex(m => m.AccountId);
    }
}
