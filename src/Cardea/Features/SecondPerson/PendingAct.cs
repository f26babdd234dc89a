using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.SecondPerson;

/// <summary>What became of an act that waits for a second person.</summary>
public enum PendingActEnd
{
    Confirmed,
    Refused,

    /// <summary>By whoever had asked for it.</summary>
    Withdrawn,
}

/// <summary>Something that could open everything: one person asks for it, another one does it (#5). Kept as evidence.</summary>
public sealed class PendingAct
{
    public const int DetailsMaxLength = 1000;

    public const int ReasonMaxLength = 200;

    public required Guid Id { get; init; }

    /// <summary>Written out, such as "make-operator": it is kept for years.</summary>
    public required string Kind { get; init; }

    /// <summary>To whom it would happen.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>To which organization it would happen.</summary>
    public Guid? OrganizationId { get; init; }

    /// <summary>JSON; its shape belongs to <see cref="Kind"/>.</summary>
    public required string Details { get; init; }

    public required string Reason { get; init; }

    public required Guid AskedBy { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public Guid? EndedBy { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public PendingActEnd? End { get; set; }
}

public sealed class PendingActConfiguration : IEntityTypeConfiguration<PendingAct>
{
    public void Configure(EntityTypeBuilder<PendingAct> builder)
    {
        builder.ToTable("PendingActs");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Kind).HasMaxLength(40);
        builder.Property(a => a.Details).HasMaxLength(PendingAct.DetailsMaxLength);
        builder.Property(a => a.Reason).HasMaxLength(PendingAct.ReasonMaxLength);
        builder.Property(a => a.End).HasConversion<string>().HasMaxLength(20);
        builder.HasIndex(a => new { a.EndedAt, a.AskedAt });
    }
}
