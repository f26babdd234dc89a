using Cardea.Features.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.Lifecycle;

/// <summary>When somebody last got all the way in. A table of its own: it changes at every sign-in, the account hardly ever.</summary>
public sealed class AccountActivity
{
    public required Guid AccountId { get; init; }

    /// <summary>Null for an account that was never used.</summary>
    public DateTimeOffset? LastSignInCompletedAt { get; set; }

    public string? LastSignInFrom { get; set; }

    /// <summary>
    /// Since when nobody has used it: the last sign-in, else the creation, or the reactivation. Null for accounts to which nothing more can happen:
    /// inactive ones, and those of patients, who do not become inactive. So a job finds what it looks for by this index alone.
    /// </summary>
    public DateTimeOffset? IdleSince { get; set; }
}

public sealed class AccountActivityConfiguration : IEntityTypeConfiguration<AccountActivity>
{
    public void Configure(EntityTypeBuilder<AccountActivity> builder)
    {
        builder.ToTable("AccountActivity");
        builder.HasKey(a => a.AccountId);
        builder.Property(a => a.LastSignInFrom).HasMaxLength(45);
        builder.HasOne<Account>().WithOne().HasForeignKey<AccountActivity>(a => a.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(a => a.IdleSince);
        builder.HasIndex(a => a.LastSignInCompletedAt).HasFilter("\"LastSignInCompletedAt\" IS NULL");   // few, among many
    }
}
