using Cardea.Features.Accounts;
using Cardea.Features.Agreements;
using Cardea.Features.Alarms;
using Cardea.Features.Announcements;
using Cardea.Features.Audit;
using Cardea.Features.EmailAddresses;
using Cardea.Features.Lifecycle;
using Cardea.Features.Messages;
using Cardea.Features.Messages.Texts;
using Cardea.Features.Organizations;
using Cardea.Features.Passwords;
using Cardea.Features.People;
using Cardea.Features.Recovery;
using Cardea.Features.SecondFactors;
using Cardea.Features.SecondFactors.Authenticators;
using Cardea.Features.SecondFactors.Clinics;
using Cardea.Features.SecondFactors.Codes;
using Cardea.Features.SecondFactors.Devices;
using Cardea.Features.SecondFactors.Passkeys;
using Cardea.Features.SecondFactors.Recovery;
using Cardea.Features.SecondPerson;
using Cardea.Features.SecurityQuestions;
using Cardea.Features.Sessions;
using Cardea.Features.SetUp;
using Cardea.Features.SignIn.Passkeys;
using Cardea.Features.SignIn.Tries;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Data;

/// <summary>The one model. Its two thin children differ in how a database stores time and in how it lets writers in.</summary>
public abstract class AppDbContext(DbContextOptions options) : IdentityUserContext<Account, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<Account> Accounts => Users;

    public DbSet<AccountActivity> AccountActivity => Set<AccountActivity>();

    public DbSet<AgreementAcceptance> AgreementAcceptances => Set<AgreementAcceptance>();

    public DbSet<AgreementText> AgreementTexts => Set<AgreementText>();

    public DbSet<AgreementVersion> AgreementVersions => Set<AgreementVersion>();

    public DbSet<AlarmLink> AlarmLinks => Set<AlarmLink>();

    public DbSet<Announcement> Announcements => Set<Announcement>();

    public DbSet<AnnouncementReading> AnnouncementReadings => Set<AnnouncementReading>();

    public DbSet<AnswerTry> AnswerTries => Set<AnswerTry>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<AuthenticatorSetUp> AuthenticatorSetUps => Set<AuthenticatorSetUp>();

    public DbSet<CallerCheck> CallerChecks => Set<CallerCheck>();

    public DbSet<CallerCode> CallerCodes => Set<CallerCode>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<EmailChange> EmailChanges => Set<EmailChange>();

    public DbSet<Factor> Factors => Set<Factor>();

    public DbSet<FactorTry> FactorTries => Set<FactorTry>();

    public DbSet<FormerPassword> FormerPasswords => Set<FormerPassword>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<Organization> Organizations => Set<Organization>();

    public DbSet<OrganizationFactorSetting> OrganizationFactorSettings => Set<OrganizationFactorSetting>();

    public DbSet<OutboxMessage> OutboxMessages => Set<OutboxMessage>();

    public DbSet<PasskeyChallenge> PasskeyChallenges => Set<PasskeyChallenge>();

    public DbSet<PendingAct> PendingActs => Set<PendingAct>();

    public DbSet<RecoveryCodeHash> RecoveryCodes => Set<RecoveryCodeHash>();

    public DbSet<RecoveryRequest> RecoveryRequests => Set<RecoveryRequest>();

    public DbSet<Registry> Registry => Set<Registry>();

    public DbSet<RememberedDevice> RememberedDevices => Set<RememberedDevice>();

    public DbSet<ResetLink> ResetLinks => Set<ResetLink>();

    public DbSet<SearchKey> SearchKeys => Set<SearchKey>();

    public DbSet<SecurityAnswer> SecurityAnswers => Set<SecurityAnswer>();

    public DbSet<SentCode> SentCodes => Set<SentCode>();

    public DbSet<SentNotice> SentNotices => Set<SentNotice>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<SignInName> SignInNames => Set<SignInName>();

    public DbSet<SignInTry> SignInTries => Set<SignInTry>();

    public DbSet<TextCount> TextCounts => Set<TextCount>();

    public DbSet<SpentPasskeyChallenge> SpentPasskeyChallenges => Set<SpentPasskeyChallenge>();

    /// <summary>
    /// Begins the one transaction of an operation. Never await a hash, a person or another system before its commit: on SQLite everybody
    /// else who writes is waiting.
    /// </summary>
    public abstract Task<WriteTransaction> BeginWriteAsync(CancellationToken cancellationToken, WriteTurn turn = WriteTurn.Next);

    /// <summary>A time as this database keeps it: what a parameter of hand-written SQL needs.</summary>
    public abstract object Stored(DateTimeOffset time);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("AccountClaims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("AccountLogins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("AccountTokens");
        builder.Entity<IdentityUserPasskey<Guid>>().ToTable("AccountPasskeys");
        builder.ApplyConfigurationsFromAssembly(typeof(AppDbContext).Assembly);   // each entity's mapping stands beside it, in its feature
    }
}
