using Cardea.Features.Accounts;
using Cardea.Rules.Agreements;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.Agreements;

/// <summary>One published version of an agreement. Never changed afterwards: people accepted exactly this (S2-05, I-03).</summary>
public sealed class AgreementVersion
{
    public required Guid Id { get; init; }

    public required AgreementKind Kind { get; init; }

    /// <summary>1, 2, 3 … within its kind; the highest is in force.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public List<AgreementText> Texts { get; init; } = [];
}

/// <summary>The words of a version in one language. Paragraphs are parted by empty lines; "# " begins a heading.</summary>
public sealed class AgreementText
{
    public required Guid VersionId { get; init; }

    public required string Language { get; init; }

    public required string Title { get; init; }

    public required string Body { get; init; }

    /// <summary>SHA-256 over title and body, in lower-case hex.</summary>
    public required string Hash { get; init; }
}

/// <summary>Who accepted which words, when and from where. Rows are only ever added.</summary>
public sealed class AgreementAcceptance
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    public required AgreementKind Kind { get; init; }

    public required Guid VersionId { get; init; }

    public required string Language { get; init; }

    public required string TextHash { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Address { get; init; }
}

public sealed class AgreementConfiguration :
    IEntityTypeConfiguration<AgreementVersion>, IEntityTypeConfiguration<AgreementText>, IEntityTypeConfiguration<AgreementAcceptance>
{
    public const string VersionsTable = "AgreementVersions";   // the operation turns a violation of its unique index into an answer
    public const int TitleMaxLength = 120;

    public void Configure(EntityTypeBuilder<AgreementVersion> builder)
    {
        builder.ToTable(VersionsTable);
        builder.Property(v => v.Id).ValueGeneratedNever();
        builder.Property(v => v.Kind).HasConversion<string>().HasMaxLength(20);
        builder.HasIndex(v => new { v.Kind, v.Number }).IsUnique();
        builder.HasMany(v => v.Texts).WithOne().HasForeignKey(t => t.VersionId);
    }

    public void Configure(EntityTypeBuilder<AgreementText> builder)
    {
        builder.ToTable("AgreementTexts");
        builder.HasKey(t => new { t.VersionId, t.Language });
        builder.Property(t => t.Language).HasMaxLength(5);
        builder.Property(t => t.Title).HasMaxLength(TitleMaxLength);
        builder.Property(t => t.Hash).HasMaxLength(64);
    }

    public void Configure(EntityTypeBuilder<AgreementAcceptance> builder)
    {
        builder.ToTable("AgreementAcceptances");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(a => a.Language).HasMaxLength(5);
        builder.Property(a => a.TextHash).HasMaxLength(64);
        builder.Property(a => a.Address).HasMaxLength(45);
        builder.HasOne<Account>().WithMany().HasForeignKey(a => a.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<AgreementVersion>().WithMany().HasForeignKey(a => a.VersionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(a => new { a.AccountId, a.Kind, a.At });
    }
}
