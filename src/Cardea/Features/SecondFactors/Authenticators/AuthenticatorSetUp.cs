using Cardea.Features.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.SecondFactors.Authenticators;

/// <summary>
/// The key that a session is being shown, until a code proves that an app has it. The same however often the page is refreshed (S0-16): a
/// picture that was scanned stays the right one.
/// </summary>
public sealed class AuthenticatorSetUp
{
    public required Guid SessionId { get; init; }

    public required Guid AccountId { get; init; }

    public required byte[] ProtectedKey { get; init; }

    public required DateTimeOffset BegunAt { get; init; }
}

public sealed class AuthenticatorSetUpConfiguration : IEntityTypeConfiguration<AuthenticatorSetUp>
{
    public void Configure(EntityTypeBuilder<AuthenticatorSetUp> builder)
    {
        builder.ToTable("AuthenticatorSetUps");
        builder.HasKey(s => s.SessionId);
        builder.Property(s => s.SessionId).ValueGeneratedNever();
        builder.Property(s => s.ProtectedKey).HasMaxLength(400);
        builder.HasOne<Session>().WithOne().HasForeignKey<AuthenticatorSetUp>(s => s.SessionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(s => s.AccountId);
    }
}
