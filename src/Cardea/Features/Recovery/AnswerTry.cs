using Cardea.Features.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.Recovery;

/// <summary>How a person does with their security questions. A table of its own, changed by conditional statements only .</summary>
public sealed class AnswerTry
{
    public required Guid AccountId { get; init; }

    /// <summary>In a row, over all links; the third locks the account (S2-34).</summary>
    public required int Wrong { get; set; }

    /// <summary>How often the person got back in by a question: each time the next one is asked.</summary>
    public required int Answered { get; set; }
}

public sealed class AnswerTryConfiguration : IEntityTypeConfiguration<AnswerTry>
{
    public void Configure(EntityTypeBuilder<AnswerTry> builder)
    {
        builder.ToTable("AnswerTries");
        builder.HasKey(t => t.AccountId);
        builder.Property(t => t.AccountId).ValueGeneratedNever();
        builder.HasOne<Account>().WithOne().HasForeignKey<AnswerTry>(t => t.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
