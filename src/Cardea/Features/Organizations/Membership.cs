using Cardea.Features.Accounts;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.Organizations;

/// <summary>What one person may be in one organization. The home organization, which manages the credentials, is on the account.</summary>
public sealed class Membership
{
    public required Guid AccountId { get; init; }

    public required Guid OrganizationId { get; init; }

    public required Roles Roles { get; set; }

    /// <summary>When somebody last said that this access is needed: when it was given, and at each review. Null: not since the account was made.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    public Account? Account { get; init; }

    public Organization? Organization { get; init; }
}

public sealed class MembershipConfiguration : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.ToTable("Memberships");
        builder.HasKey(m => new { m.AccountId, m.OrganizationId });
        builder.HasOne(m => m.Account).WithMany().HasForeignKey(m => m.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(m => m.Organization).WithMany().HasForeignKey(m => m.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(m => m.OrganizationId);
    }
}
