using Cardea.Features.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.SecurityQuestions;

/// <summary>One of a person's answers (S2-08): hashed like a password, over the normalized text.</summary>
public sealed class SecurityAnswer
{
    public required Guid AccountId { get; init; }

    /// <summary>Counted from 1, as on the page.</summary>
    public required int Position { get; init; }

    /// <summary>The question's lasting id in <c>Questions.cs</c>, never its words.</summary>
    public required string Question { get; init; }

    public required string AnswerHash { get; init; }

    public required DateTimeOffset SetAt { get; init; }
}

public sealed class SecurityAnswerConfiguration : IEntityTypeConfiguration<SecurityAnswer>
{
    public void Configure(EntityTypeBuilder<SecurityAnswer> builder)
    {
        builder.ToTable("SecurityAnswers");
        builder.HasKey(a => new { a.AccountId, a.Position });
        builder.Property(a => a.Question).HasMaxLength(40);
        builder.Property(a => a.AnswerHash).HasMaxLength(300);
        builder.HasOne<Account>().WithMany().HasForeignKey(a => a.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(a => new { a.AccountId, a.Question }).IsUnique();
    }
}
