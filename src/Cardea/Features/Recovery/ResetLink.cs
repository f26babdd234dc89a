using Cardea.Features.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.Recovery;

/// <summary>
/// A mailed link, and how far somebody has got with it. It is over when a newer one was made, when the password or the email address has changed
/// since, and when its time is up: all but the first are facts that nobody has to write down.
/// </summary>
public sealed class ResetLink
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    public required byte[] SecretHash { get; init; }

    /// <summary>As it is compared: without case.</summary>
    public required string SentTo { get; init; }

    /// <summary>Of the password that it is to replace: with another one on file, the link is over. No clock is asked, for nodes differ.</summary>
    public required DateTimeOffset PasswordSetAt { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>It goes to a new person, who has no password yet, and works as long as a temporary password does (S2-03).</summary>
    public bool IsInvitation { get; init; }

    /// <summary>When a newer one was made.</summary>
    public DateTimeOffset? ReplacedAt { get; set; }

    /// <summary>When all that is asked for beside it was proven: from then on the link itself opens nothing.</summary>
    public DateTimeOffset? ProvenAt { get; set; }

    /// <summary>Of the ticket: the secret that the browser in which it was proven has from then on.</summary>
    public byte[]? TicketHash { get; set; }

    /// <summary>When the new password was set: its <see cref="Account.PasswordSetAt"/>.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>Hash of the cookie of the device on which it was used: guesses of strangers do not keep its owner out there, as long as this password is on file (S0-08).</summary>
    public byte[]? DeviceHash { get; set; }
}

public sealed class ResetLinkConfiguration : IEntityTypeConfiguration<ResetLink>
{
    public void Configure(EntityTypeBuilder<ResetLink> builder)
    {
        builder.ToTable("ResetLinks");
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.SecretHash).HasMaxLength(32);
        builder.Property(l => l.TicketHash).HasMaxLength(32);
        builder.Property(l => l.DeviceHash).HasMaxLength(32);
        builder.Property(l => l.SentTo).HasMaxLength(Account.EmailMaxLength);
        builder.HasOne<Account>().WithMany().HasForeignKey(l => l.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(l => l.SecretHash).IsUnique();
        builder.HasIndex(l => l.TicketHash).IsUnique();
        builder.HasIndex(l => new { l.AccountId, l.DeviceHash });
    }
}
