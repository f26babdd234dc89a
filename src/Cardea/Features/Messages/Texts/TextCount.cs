using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.Messages.Texts;

/// <summary>What texts are counted by, in the order in which their rows are locked.</summary>
public enum TextCap
{
    NumberAnHour,
    NumberADay,
    AccountADay,
    AddressAnHour,
    OrganizationADay,
    InAllAnHour,
    InAllADay,

    /// <summary>Not texts but mails to the operators: one a day says that texts have stopped.</summary>
    AlarmADay,
}

/// <summary>
/// How many texts of one number, account … were promised in its present hour or day, which begins with the first. Counted by one statement,
/// and only as far as the cap allows.
/// </summary>
public sealed class TextCount
{
    public required TextCap Cap { get; init; }

    /// <summary>
    /// SHA-256 over the number, the account …, so that the table is no list of numbers to read. Whoever has the table and patience can try all
    /// numbers: the row goes a day after it has ended.
    /// </summary>
    public required byte[] Key { get; init; }

    public required int Count { get; init; }

    /// <summary>The cap when it was counted last.</summary>
    public required int Most { get; init; }

    public required DateTimeOffset EndsAt { get; init; }
}

public sealed class TextCountConfiguration : IEntityTypeConfiguration<TextCount>
{
    public void Configure(EntityTypeBuilder<TextCount> builder)
    {
        builder.ToTable("TextCounts");
        builder.HasKey(c => new { c.Cap, c.Key });
        builder.Property(c => c.Cap).HasConversion<string>().HasMaxLength(20);
        builder.Property(c => c.Key).HasMaxLength(32);
        builder.HasIndex(c => c.EndsAt);
    }
}
