using Cardea.Features.Organizations;
using Cardea.Features.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.Accounts;

/// <summary>Who an account is for. The two never meet: a patient reaches nothing of the staff side (S1-09).</summary>
public enum Audience
{
    Staff,
    Patient,
}

/// <summary>
/// One person's way in. Identity's <c>UserName</c> holds the subject: random, never reused, safe to hand to applications (ASVS V10.3.3).
/// The names that people type are <see cref="SignInName"/>s; counters and markers that change under load live in tables of their own,
/// because Identity's <c>UserManager</c> rewrites whole rows.
/// </summary>
public sealed class Account : IdentityUser<Guid>
{
    public const int NameMaxLength = 80;
    public const int EmailMaxLength = 254;

    public required string GivenName { get; set; }

    public required string FamilyName { get; set; }

    /// <summary>One or the other for good: nobody crosses over .</summary>
    public required Audience Audience { get; init; }

    public required Guid HomeOrganizationId { get; set; }

    /// <summary>"en", "es" or "fr"; null until the person has chosen (S0-17).</summary>
    public string? Language { get; set; }

    /// <summary>IANA id in which times are shown to this person; null for that of the organization they work for.</summary>
    public string? TimeZone { get; set; }

    public required DateTimeOffset PasswordSetAt { get; set; }

    /// <summary>Set by somebody else: good for one thing only, choosing one's own (S2-03).</summary>
    public required bool PasswordIsTemporary { get; set; }

    /// <summary>When the password became known, or may have become known, to somebody else (N-04). A new password takes it away.</summary>
    public DateTimeOffset? PasswordCompromisedAt { get; set; }

    /// <summary>When the person last said, or proved, that this is the address they work with (S2-07, S2-15).</summary>
    public DateTimeOffset? EmailConfirmedAt { get; set; }

    /// <summary>When a mail server last refused for good what was sent to <see cref="IdentityUser{TKey}.Email"/>; null again once one was taken.</summary>
    public DateTimeOffset? EmailRefusedAt { get; set; }

    /// <summary>Whether a second factor is asked of this person, where the policy leaves that to each account (S0-09).</summary>
    public bool SecondFactorRequired { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>Disabled as well, and out of sight; until it is restored, or forgotten for good.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>Not used for too long (S2-18); until somebody reactivates it (S2-19).</summary>
    public DateTimeOffset? InactivatedAt { get; set; }

    public Organization? HomeOrganization { get; init; }

    public string DisplayName => $"{GivenName} {FamilyName}";
}

public sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("Accounts");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.UserName).HasMaxLength(40);
        builder.Property(a => a.NormalizedUserName).HasMaxLength(40);
        builder.Property(a => a.Email).HasMaxLength(Account.EmailMaxLength);
        builder.Property(a => a.NormalizedEmail).HasMaxLength(Account.EmailMaxLength);
        builder.Property(a => a.PasswordHash).HasMaxLength(300);
        builder.Property(a => a.GivenName).HasMaxLength(Account.NameMaxLength);
        builder.Property(a => a.FamilyName).HasMaxLength(Account.NameMaxLength);
        builder.Property(a => a.Audience).HasConversion<string>().HasMaxLength(20);
        builder.Property(a => a.Language).HasMaxLength(5);
        builder.Property(a => a.TimeZone).HasMaxLength(LocalTime.ZoneMaxLength);
        builder.Ignore(a => a.DisplayName);
        builder.HasIndex(a => a.PasswordSetAt);   // what will expire is looked for by it

        // Few, among many: an index of the others would only mislead whoever looks for them.
        builder.HasIndex(a => a.InactivatedAt).HasFilter("\"InactivatedAt\" IS NOT NULL");
        builder.HasIndex(a => a.DisabledAt).HasFilter("\"DisabledAt\" IS NOT NULL");
        builder.HasIndex(a => a.DeletedAt).HasFilter("\"DeletedAt\" IS NOT NULL");
        builder.HasIndex(a => a.PasswordIsTemporary).HasFilter("\"PasswordIsTemporary\"");
        builder.HasOne(a => a.HomeOrganization).WithMany().HasForeignKey(a => a.HomeOrganizationId).OnDelete(DeleteBehavior.Restrict);

        // Identity's own lock counts in a row that UserManager rewrites whole, and races (CVE-2023-33170): ours is SignInTries.
        builder.Ignore(a => a.AccessFailedCount).Ignore(a => a.LockoutEnd).Ignore(a => a.LockoutEnabled);
        builder.Ignore(a => a.EmailConfirmed);   // EmailConfirmedAt says when, too
    }
}
