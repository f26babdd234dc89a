using Cardea.Features.Accounts;
using Cardea.Features.Organizations;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cardea.Features.Sessions;

/// <summary>Why a session ended; kept in the table and the audit trail.</summary>
public enum SessionEnd
{
    SignedOut,
    IdleTooLong,
    TooOld,
    AccountDisabled,

    /// <summary>S2-18.</summary>
    AccountInactive,
    PasswordChanged,

    /// <summary>Somebody else may know it (N-04).</summary>
    PasswordCompromised,
    AgreementDeclined,
    Replaced,

    /// <summary>From another session of theirs (V7.5.2).</summary>
    EndedByOwner,

    /// <summary>By somebody who manages people (V7.4.5).</summary>
    EndedByManager,

    /// <summary>The person works for that organization no more.</summary>
    AccessEnded,

    /// <summary>An administrator took the second factors away (S1-11).</summary>
    SecondFactorReset,

    /// <summary>Nobody works for it any more.</summary>
    OrganizationDeactivated,
}

/// <summary>
/// One sign-in on one browser, kept on the server. Pending until nothing is due any more, then complete for good. The browser holds
/// a random secret of which only the hash is here (ASVS V7.2.3, V11.5.1); <see cref="Id"/> is public, the <c>sid</c> of OpenID Connect.
/// </summary>
public sealed class Session
{
    public const int UserAgentMaxLength = 200;

    public required Guid Id { get; init; }

    public required byte[] SecretHash { get; set; }

    /// <summary>
    /// Of the secret before this one, as long as nobody has shown the new one: the answer that carried it may be lost, and then the former
    /// one leads to it (S0-16, decision 0014).
    /// </summary>
    public byte[]? FormerSecretHash { get; set; }

    /// <summary>Makes the new secret out of the former one. Cleared with <see cref="FormerSecretHash"/>.</summary>
    public byte[]? SuccessorKey { get; set; }

    public DateTimeOffset? SecretRenewedAt { get; set; }

    public required Guid AccountId { get; init; }

    /// <summary>For which the person works; their home organization as long as they have not chosen (<see cref="Roles"/>).</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>When the credentials were accepted: <c>auth_time</c>. The whole limit counts from here.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Moved by acts of the person only, and not more often than once a second.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public SessionEnd? EndedBecause { get; set; }

    /// <summary>Names of the steps that were due at the start, in order: what the step indicator counts. What is due is never read from here.</summary>
    public required string PlannedSteps { get; init; }

    /// <summary>
    /// What the person was here when the session began, or completed: a power granted since then waits for its agreement. None, for a member of staff, as
    /// long as there are several organizations to choose from: they are nothing anywhere yet.
    /// </summary>
    public required Roles Roles { get; set; }

    /// <summary>
    /// Of the password that was proven. A session that knows another one than the account has now is over: a sign-in that was on its way while
    /// the password was replaced may begin one after all others were ended.
    /// </summary>
    public required DateTimeOffset PasswordSetAt { get; set; }

    /// <summary>When a second factor was proven, or set up, in this session: the last time for one of <see cref="SecondFactorStrength"/>.</summary>
    public DateTimeOffset? SecondFactorAt { get; set; }

    /// <summary>The strongest kind that was proven; what a code from a drawer stands in for is the strongest (S1-12).</summary>
    public FactorKinds SecondFactorStrength { get; set; }

    /// <summary>It was not asked for, because this device is remembered (S1-08).</summary>
    public bool SecondFactorIsRemembered { get; init; }

    /// <summary>RFC 8176 values, space-separated: "pwd", "pwd otp mfa".</summary>
    public required string AuthenticationMethods { get; set; }

    public required string Address { get; init; }

    public required string UserAgent { get; init; }

    /// <summary>Hash of the device cookie. A device is known to an account when a complete session came from it (S0-08).</summary>
    public byte[]? DeviceHash { get; init; }

    /// <summary>Set where the person had signed in before, but never on this device; cleared as soon as they are told .</summary>
    public DateTimeOffset? NewDeviceSince { get; set; }

    /// <summary>
    /// Hash of the one-time id of the form that was sent: sending it again leads to this session, not to a second one (S0-04). Cleared at the
    /// end, so that the same form, found by the back button, can begin a new one.
    /// </summary>
    public required byte[]? FormHash { get; set; }

    /// <summary>The sign-in before this one, as the dashboard shows it.</summary>
    public DateTimeOffset? PreviousSignInAt { get; init; }

    public string? PreviousSignInFrom { get; init; }

    public Account? Account { get; init; }

    public Organization? Organization { get; init; }
}

public sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public const string Table = "Sessions";   // signing in turns a violation of its unique index into an answer

    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable(Table);
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.SecretHash).HasMaxLength(32);
        builder.Property(s => s.FormerSecretHash).HasMaxLength(32);
        builder.Property(s => s.SuccessorKey).HasMaxLength(32);
        builder.Property(s => s.DeviceHash).HasMaxLength(32);
        builder.Property(s => s.FormHash).HasMaxLength(32);
        builder.Property(s => s.EndedBecause).HasConversion<string>().HasMaxLength(40);
        builder.Property(s => s.PlannedSteps).HasMaxLength(200);
        builder.Property(s => s.AuthenticationMethods).HasMaxLength(60);
        builder.Property(s => s.Address).HasMaxLength(45);
        builder.Property(s => s.UserAgent).HasMaxLength(Session.UserAgentMaxLength);
        builder.Property(s => s.PreviousSignInFrom).HasMaxLength(45);
        builder.HasOne(s => s.Account).WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(s => s.Organization).WithMany().HasForeignKey(s => s.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(s => s.SecretHash).IsUnique();
        builder.HasIndex(s => s.FormerSecretHash).IsUnique();
        builder.HasIndex(s => new { s.AccountId, s.FormHash }).IsUnique();
        builder.HasIndex(s => new { s.AccountId, s.DeviceHash });
        builder.HasIndex(s => s.NewDeviceSince);
    }
}
