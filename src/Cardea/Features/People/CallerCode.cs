using Cardea.Features.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.People;

/// <summary>The code that a caller reads out to whoever helps them: shown to them while they are signed in, or mailed to the address on file. One for each account: the newest.</summary>
public sealed class CallerCode
{
    public required Guid AccountId { get; init; }

    /// <summary>Slow: a short code is under 112 bits (ASVS V6.5.2).</summary>
    public required string CodeHash { get; set; }

    public required DateTimeOffset MadeAt { get; set; }

    /// <summary>Of this code; raised before it is compared .</summary>
    public required int Tries { get; set; }
}

/// <summary>That a caller has read their code out to this helper, in this session of the helper's: for a while they need not do so again.</summary>
public sealed class CallerCheck
{
    public required Guid AccountId { get; init; }

    /// <summary>Of the helper.</summary>
    public required Guid SessionId { get; init; }

    public required DateTimeOffset CheckedAt { get; set; }
}

public sealed class CallerCodeConfiguration : IEntityTypeConfiguration<CallerCode>
{
    public void Configure(EntityTypeBuilder<CallerCode> builder)
    {
        builder.ToTable("CallerCodes");
        builder.HasKey(c => c.AccountId);
        builder.Property(c => c.AccountId).ValueGeneratedNever();
        builder.Property(c => c.CodeHash).HasMaxLength(300);
        builder.HasOne<Account>().WithOne().HasForeignKey<CallerCode>(c => c.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(c => c.MadeAt);   // for retention
    }
}

public sealed class CallerCheckConfiguration : IEntityTypeConfiguration<CallerCheck>
{
    public void Configure(EntityTypeBuilder<CallerCheck> builder)
    {
        builder.ToTable("CallerChecks");
        builder.HasKey(c => new { c.AccountId, c.SessionId });
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(c => c.CheckedAt);   // for retention
    }
}
