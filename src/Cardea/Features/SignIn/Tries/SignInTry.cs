using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.SignIn.Tries;

/// <summary>
/// The unredeemed failures of one sign-in name from one source (S0-08), kept for names that do not exist too, so that an answer tells
/// nothing (S0-05). The source <see cref="AnySource"/> sums them up for the hard stop.
/// </summary>
public sealed class SignInTry
{
    public const string AnySource = "*";

    /// <summary>SHA-256 over the typed identifiers: what strangers type is nobody's business, and may be a password in the wrong field.</summary>
    public required byte[] NameKey { get; init; }

    public required string Source { get; init; }

    public int Failures { get; set; }

    public DateTimeOffset LockedUntil { get; set; }

    public DateTimeOffset LastTryAt { get; set; }

    /// <summary>When the owner was last told by mail: at most once a day (S0-07). Kept on the <see cref="AnySource"/> row.</summary>
    public DateTimeOffset? OwnerToldAt { get; set; }
}

public sealed class SignInTryConfiguration : IEntityTypeConfiguration<SignInTry>
{
    public void Configure(EntityTypeBuilder<SignInTry> builder)
    {
        builder.ToTable("SignInTries");
        builder.HasKey(t => new { t.NameKey, t.Source });
        builder.Property(t => t.NameKey).HasMaxLength(32);
        builder.Property(t => t.Source).HasMaxLength(60);
        builder.HasIndex(t => t.LastTryAt);   // for the clean-up that comes with retention (#4)
    }
}
