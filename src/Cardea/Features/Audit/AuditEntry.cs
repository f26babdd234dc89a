using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.Audit;

public enum ActorKind
{
    Anonymous,
    Person,
    CommandLine,
    System,
}

public enum AuditOutcome
{
    Success,
    Failure,
}

/// <summary>
/// One thing that happened, saved with the change itself. Who, what, when, where (ASVS V16.2.1, I-05); no secrets, no health data.
/// Rows are only ever added.
/// </summary>
public sealed class AuditEntry
{
    public required Guid Id { get; init; }

    /// <summary>Written out with a version, such as "sign_in.refused.v1"; kept for years.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset At { get; init; }

    public required ActorKind ActorKind { get; init; }

    /// <summary>The acting account, or the operating system user of the command line.</summary>
    public string? ActorId { get; init; }

    public Guid? OrganizationId { get; init; }

    /// <summary>The account that it happened to.</summary>
    public Guid? SubjectId { get; init; }

    public required AuditOutcome Outcome { get; init; }

    public string? Address { get; init; }

    public string? Reason { get; init; }

    /// <summary>The trace id of the request: what ties an entry to the logs.</summary>
    public string? Correlation { get; init; }

    /// <summary>Which node wrote it.</summary>
    public required string Origin { get; init; }

    /// <summary>JSON; its shape belongs to <see cref="Name"/>.</summary>
    public required string Payload { get; init; }
}

public sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("AuditEntries");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Name).HasMaxLength(80);
        builder.Property(e => e.ActorKind).HasConversion<string>().HasMaxLength(20);
        builder.Property(e => e.ActorId).HasMaxLength(80);
        builder.Property(e => e.Outcome).HasConversion<string>().HasMaxLength(20);
        builder.Property(e => e.Address).HasMaxLength(45);
        builder.Property(e => e.Reason).HasMaxLength(200);
        builder.Property(e => e.Correlation).HasMaxLength(60);
        builder.Property(e => e.Origin).HasMaxLength(80);
        builder.HasIndex(e => new { e.SubjectId, e.At });   // no foreign key: an entry outlives what it speaks of
    }
}
