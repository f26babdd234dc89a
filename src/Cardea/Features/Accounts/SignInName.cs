using Cardea.Rules.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.Accounts;

/// <summary>
/// A name that a person types to sign in, unique in its scope: an organization's id, or <see cref="Everywhere"/>. Exact at sign-in,
/// unique by skeleton, so that no two names look alike (S2-04, A-18).
/// </summary>
public sealed class SignInName
{
    public static readonly Guid Everywhere = Guid.Empty;

    public static Guid ScopeOf(IdentifierKind identifier, Guid organizationId) =>
        identifier is IdentifierKind.OrganizationCodeAndUsername ? organizationId : Everywhere;

    public required Guid Id { get; init; }

    public required Guid Scope { get; init; }

    public required string Name { get; set; }

    public required string Skeleton { get; set; }

    public required Guid AccountId { get; init; }

    public Account? Account { get; init; }
}

public sealed class SignInNameConfiguration : IEntityTypeConfiguration<SignInName>
{
    public const string Table = "SignInNames";   // operations turn a violation of its unique indexes into an answer

    public void Configure(EntityTypeBuilder<SignInName> builder)
    {
        builder.ToTable(Table);
        builder.Property(n => n.Id).ValueGeneratedNever();
        builder.Property(n => n.Name).HasMaxLength(Account.EmailMaxLength);
        builder.Property(n => n.Skeleton).HasMaxLength(Account.EmailMaxLength);
        builder.HasOne(n => n.Account).WithMany().HasForeignKey(n => n.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(n => new { n.Scope, n.Name }).IsUnique();
        builder.HasIndex(n => new { n.Scope, n.Skeleton }).IsUnique();
    }
}
