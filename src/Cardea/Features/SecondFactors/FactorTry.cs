using Cardea.Features.Accounts;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.SecondFactors;

/// <summary>Which secret the tries of a person are counted for: each for itself, and being right clears only its own (N-07).</summary>
public enum FactorTryWay
{
    Authenticator,
    RecoveryCode,
    Email,
    Text,

    /// <summary>Beside a reset link, where the password was not proven: what is missed there locks nothing here .</summary>
    AuthenticatorAtReset,
    RecoveryCodeAtReset,
}

/// <summary>How many tries in a row were not right. Raised by one statement before the code is looked at .</summary>
public sealed class FactorTry
{
    public required Guid AccountId { get; init; }

    public required FactorTryWay Way { get; init; }

    public required int Failures { get; set; }

    public required DateTimeOffset LockedUntil { get; set; }

    public static FactorTryWay WayOf(FactorKinds kind) => kind switch
    {
        FactorKinds.Authenticator => FactorTryWay.Authenticator,
        FactorKinds.Email => FactorTryWay.Email,
        FactorKinds.Text => FactorTryWay.Text,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Nothing is typed that could be guessed."),
    };
}

public sealed class FactorTryConfiguration : IEntityTypeConfiguration<FactorTry>
{
    public void Configure(EntityTypeBuilder<FactorTry> builder)
    {
        builder.ToTable("FactorTries");
        builder.HasKey(t => new { t.AccountId, t.Way });
        builder.Property(t => t.Way).HasConversion<string>().HasMaxLength(20);
        builder.HasOne<Account>().WithMany().HasForeignKey(t => t.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
