using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Lifecycle;
using Cardea.Features.Messages;
using Cardea.Features.Organizations;
using Cardea.Features.Sessions;
using Cardea.Features.SetUp;
using Cardea.Features.SignIn.Tries;
using Cardea.Hosting;
using Cardea.Rules.Permissions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cardea.Bench.Lifecycle;

/// <summary>
/// A registry after years, and two days without a server: of each kind of person one is written as the product writes them, and then copied by the
/// database, which makes a million in minutes.
/// </summary>
internal sealed class ManyAccounts(AppDbContext db, TimeProvider clock)
{
    /// <summary>Of a hundred accounts, as many are due for each job.</summary>
    public const int DueInHundred = 2;

    private readonly DateTimeOffset _now = clock.Now;
    private readonly Organization _organization = new()
    {
        Id = clock.NewId(),
        Code = "CLINIC",
        CodeSkeleton = "CLINIC",
        Name = "Clinic",
        Type = OrganizationType.HealthCareProvider,
        TimeZone = "America/Chicago",
        CreatedAt = clock.Now,
    };

    /// <summary>Makes the database and fills it.</summary>
    public static Task WriteAsync(Contestant product, int accounts) => OpenAsync(product, async services =>
    {
        await services.GetRequiredService<Schema>().MigrateAsync(CancellationToken.None);
        await ActivatorUtilities.CreateInstance<ManyAccounts>(services).WriteAsync(accounts / 100);
    });

    /// <summary>A job that did nothing would be quick.</summary>
    public static Task CheckAsync(Contestant product, int accounts) => OpenAsync(product, async services =>
    {
        var db = services.GetRequiredService<AppDbContext>();
        db.Database.SetCommandTimeout(TimeSpan.Zero);
        var due = DueInHundred * accounts / 100;
        var told = await db.AuditEntries.CountAsync(entry => entry.Name == NoticeGiven.Name);
        var inactive = await db.Accounts.CountAsync(account => account.InactivatedAt != null);
        var sessions = await db.Sessions.CountAsync();
        if ((told, inactive, sessions) != (2 * due, due, accounts))
        {
            throw new MeasurementFailed($"Of {due} accounts due for each job, {told} notices were given and {inactive} became inactive; {sessions} sessions are left.");
        }
    });

    private static async Task OpenAsync(Contestant product, Func<IServiceProvider, Task> act)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(product.Settings);
        builder.AddCore();
        using (var host = builder.Build())
        await using (var scope = host.Services.CreateAsyncScope())
        {
            await act(scope.ServiceProvider);
        }

        SqliteConnection.ClearAllPools();   // the file belongs to the product from here on
    }

    private async Task WriteAsync(int hundreds)
    {
        db.Database.SetCommandTimeout(TimeSpan.Zero);   // none
        db.Registry.Add(new Registry { SetUpClosedAt = _now, PublicAddress = "https://registry.example" });
        db.Organizations.Add(_organization);
        await db.SaveChangesAsync();

        await AddAsync(DueInHundred * hundreds, new() { PasswordSet = 50.5 });
        await AddAsync(10 * hundreds, new() { PasswordSet = 55, Told = NoticeKind.PasswordExpires });
        await AddAsync(DueInHundred * hundreds, new() { PasswordSet = 80.5, Idle = 80.5 });
        await AddAsync(8 * hundreds, new() { PasswordSet = 85, Idle = 85, Told = NoticeKind.BecomesInactive, ToldBefore = 5 });
        await AddAsync(DueInHundred * hundreds, new() { PasswordSet = 91, Idle = 91, Told = NoticeKind.BecomesInactive, ToldBefore = 11 });
        await AddAsync(20 * hundreds, new() { PasswordSet = 380, Idle = 380, Disabled = true });
        await AddAsync(DueInHundred * hundreds, new() { PasswordSet = 20, Idle = 1, OldThings = true });
        await AddAsync((100 - 30 - 8 - (4 * DueInHundred)) * hundreds, new() { PasswordSet = 20, Idle = 1 });
        await db.Database.ExecuteSqlAsync($"ANALYZE");
    }

    /// <summary>One of that kind, and copies of them.</summary>
    private async Task AddAsync(int count, Kind kind)
    {
        var account = new Account
        {
            Id = clock.NewId(),
            UserName = $"{clock.NewId():N}",
            GivenName = "Noor",
            FamilyName = "Haddad",
            Email = "noor@clinic.example",
            Audience = Audience.Staff,
            HomeOrganizationId = _organization.Id,
            PasswordHash = "none",
            PasswordSetAt = Ago(kind.PasswordSet),
            PasswordIsTemporary = false,
            EmailConfirmedAt = _now,
            CreatedAt = Ago(500),
            DisabledAt = kind.Disabled ? Ago(379) : null,
        };
        account.NormalizedUserName = account.UserName;
        account.NormalizedEmail = account.Email;
        var idleSince = Ago(kind.Idle);
        List<object> rows =
        [
            account,
            new Membership { AccountId = account.Id, OrganizationId = _organization.Id, Roles = Roles.Standard },
            new AccountActivity { AccountId = account.Id, LastSignInCompletedAt = idleSince, IdleSince = idleSince },
            NewSession(account, kind.Idle),
            NewMessage(account, kind.Idle),
            new SentNotice   // of the former password
            {
                AccountId = account.Id, Kind = NoticeKind.PasswordExpires, About = Ago(kind.PasswordSet + 60), MadeAt = Ago(kind.PasswordSet + 10),
            },
        ];
        if (kind.Told is { } told)
        {
            var about = told is NoticeKind.PasswordExpires ? account.PasswordSetAt : idleSince;
            rows.Add(new SentNotice { AccountId = account.Id, Kind = told, About = about, MadeAt = Ago(kind.ToldBefore) });
        }

        if (kind.OldThings)
        {
            rows.Add(NewSession(account, 401));
            rows.Add(NewMessage(account, 91));
            rows.Add(new SignInTry { NameKey = Secrets.Hash(Secrets.New()), Source = "198.51.100.1", Failures = 1, LastTryAt = Ago(31) });
        }

        db.AddRange(rows);
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        foreach (var row in rows)
        {
            await Copies.AddAsync(db, row, count - 1);
        }
    }

    private Session NewSession(Account account, double daysAgo) => new()
    {
        Id = Guid.CreateVersion7(Ago(daysAgo)),
        SecretHash = Secrets.Hash(Secrets.New()),
        AccountId = account.Id,
        OrganizationId = _organization.Id,
        StartedAt = Ago(daysAgo),
        LastSeenAt = Ago(daysAgo),
        CompletedAt = Ago(daysAgo),
        EndedAt = Ago(daysAgo),
        EndedBecause = SessionEnd.SignedOut,
        PlannedSteps = "",
        Roles = Roles.Standard,
        PasswordSetAt = account.PasswordSetAt,
        AuthenticationMethods = "pwd",
        Address = "198.51.100.1",
        UserAgent = "A browser",
        FormHash = null,
    };

    private OutboxMessage NewMessage(Account account, double daysAgo) => new()
    {
        Id = Guid.CreateVersion7(Ago(daysAgo)),
        Kind = "email-code",
        AccountId = account.Id,
        CreatedAt = Ago(daysAgo),
        UselessAfter = Ago(daysAgo),
        State = OutboxState.Sent,
        NextAttemptAt = Ago(daysAgo),
    };

    private DateTimeOffset Ago(double days) => _now.AddDays(-days);

    /// <summary>In days before now.</summary>
    private sealed record Kind
    {
        public required double PasswordSet { get; init; }

        public double Idle { get; init; } = 1;

        public NoticeKind? Told { get; init; }

        public double ToldBefore { get; init; } = 5;

        public bool Disabled { get; init; }

        public bool OldThings { get; init; }
    }
}
