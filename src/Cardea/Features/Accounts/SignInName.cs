using Cardea.Rules.EmailAddresses;
using Cardea.Rules.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.Accounts;

/// <summary>
/// A name that a person types to sign in, unique in its scope: an organization's id, or the whole registry. Exact at sign-in, unique by
/// skeleton, so that no two names look alike (S2-04, A-18).
/// </summary>
public sealed class SignInName
{
    /// <summary>The kinds of names for the whole registry are kept apart: what people were given is seen in their scope.</summary>
    public static readonly Guid
        AllUsernames = new("00000000-0000-0000-0000-000000000001"),
        AllEmailAddresses = new("00000000-0000-0000-0000-000000000002"),
        AllPatients = new("00000000-0000-0000-0000-000000000003");

    /// <summary>Patients sign in by email address, whatever the policy asks of staff (S1-09).</summary>
    public static IdentifierKind IdentifierFor(Audience audience, IdentifierKind ofStaff) =>
        audience is Audience.Patient ? IdentifierKind.EmailAddress : ofStaff;

    /// <summary>Patients have one of their own: an address that names a member of staff may name a patient, too .</summary>
    public static Guid ScopeOf(Audience audience, IdentifierKind identifier, Guid organizationId) => (audience, identifier) switch
    {
        (Audience.Patient, _) => AllPatients,
        (Audience.Staff, IdentifierKind.OrganizationCodeAndUsername) => organizationId,
        (Audience.Staff, IdentifierKind.Username) => AllUsernames,
        (Audience.Staff, IdentifierKind.EmailAddress) => AllEmailAddresses,
    };

    public static IdentifierKind IdentifierOf(Guid scope) =>
        scope == AllUsernames ? IdentifierKind.Username
        : scope == AllEmailAddresses || scope == AllPatients ? IdentifierKind.EmailAddress
        : IdentifierKind.OrganizationCodeAndUsername;

    /// <summary>A name in the one form in which it is kept, found and counted: usernames exactly as provided (S2-04), email addresses without case.</summary>
    public static string Kept(IdentifierKind identifier, string typed) => identifier is IdentifierKind.EmailAddress ? EmailAddressRules.Folded(typed) : typed;

    public required Guid Id { get; init; }

    public required Guid Scope { get; init; }

    public required string Name { get; set; }

    public required string Skeleton { get; set; }

    /// <summary>
    /// Under which tries at this name are counted (<see cref="SignIn.Tries.SignInTry.NameKey"/>): it says whose an entry there is. Null for names that are older than this column,
    /// until the next start.
    /// </summary>
    public byte[]? TryKey { get; set; }

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
        builder.Property(n => n.TryKey).HasMaxLength(32);
        builder.HasOne(n => n.Account).WithMany().HasForeignKey(n => n.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(n => new { n.Scope, n.Name }).IsUnique();
        builder.HasIndex(n => new { n.Scope, n.Skeleton }).IsUnique();
        builder.HasIndex(n => n.TryKey);
    }
}
