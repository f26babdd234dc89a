using System.Security.Cryptography;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Lifecycle;
using Cardea.Features.Organizations;
using Cardea.Features.SecondFactors;
using Cardea.Features.SignIn.Tries;
using Cardea.Hosting;
using Cardea.Rules.Accounts;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cardea.Bench.People;

/// <summary>A state's worth of people, a hundred to an organization, with names that repeat as names do, and every state that the list can be filtered by.</summary>
internal sealed class ManyPeople(AppDbContext db, TimeProvider clock)
{
    public const int PeoplePerOrganization = 100;

    private static readonly string[] s_givenNames =
    [
        "Amina", "Ben", "Carla", "Dmitri", "Elena", "Farid", "Grace", "Hugo", "Ines", "Jamal", "Keiko", "Luis", "Maya", "Noor", "Olga", "Pedro", "Quinn", "Rosa", "Samir", "Tuan",
    ];

    private static readonly string[] s_familyNames =
    [
        "Adams", "Bauer", "Castro", "Diallo", "Evans", "Flores", "Garcia", "Haddad", "Ito", "Jensen", "Kowalski", "Larsen", "Meyer", "Nguyen", "Okafor", "Patel", "Quist", "Rossi", "Silva", "Tanaka",
        "Ueda", "Vang", "Wong", "Xiong", "Yang", "Zimmermann",
    ];

    private readonly DateTimeOffset _now = clock.Now;

    /// <summary>Beside those who are there already.</summary>
    public static async Task WriteAsync(Contestant product, int accounts)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(product.Settings);
        builder.AddCore();
        using (var host = builder.Build())
        await using (var scope = host.Services.CreateAsyncScope())
        {
            await ActivatorUtilities.CreateInstance<ManyPeople>(scope.ServiceProvider).WriteAsync(accounts);
        }

        SqliteConnection.ClearAllPools();   // the file belongs to the server from here on
    }

    private async Task WriteAsync(int accounts)
    {
        db.Database.SetCommandTimeout(TimeSpan.Zero);   // none
        var organization = new Organization
        {
            Id = clock.NewId(),
            Code = "LAKE0",
            CodeSkeleton = SignInNames.Skeleton("LAKE0"),
            Name = "Lake Clinic",
            Type = OrganizationType.HealthCareProvider,
            TimeZone = "America/Chicago",
            CreatedAt = _now,
        };
        db.Add(organization);
        await db.SaveChangesAsync();
        await Copies.AddAsync(db, organization, accounts / PeoplePerOrganization, column => column switch
        {
            "Code" => "'LAKE' || n",
            "CodeSkeleton" => "'lake' || replace(replace('' || n, '0', 'o'), '1', 'l')",
            "Name" => "'Lake Clinic ' || n",
            _ => null,
        });

        // In hundredths of all, and each spread over the alphabet and the organizations.
        var first = 1;
        foreach (var (share, kind) in ((int, Kind)[])[
            (58, new()), (25, new() { IsViewer = true }), (5, new() { IsNew = true }), (5, new() { IsDisabled = true }), (4, new() { IsInactive = true }), (3, new() { IsExpired = true })])
        {
            var count = accounts / 100 * share;
            await AddAsync(organization, kind, first, count);
            first += count;
        }

        await db.Database.ExecuteSqlAsync($"ANALYZE");
    }

    private async Task AddAsync(Organization organization, Kind kind, int first, int count)
    {
        var account = new Account
        {
            Id = clock.NewId(),
            UserName = $"{clock.NewId():N}",
            GivenName = "Noor",
            FamilyName = "Haddad",
            Email = $"first{first}@lake.example",
            Audience = Audience.Staff,
            HomeOrganizationId = organization.Id,
            PasswordHash = "none",
            PasswordSetAt = _now.AddDays(kind.IsExpired ? -70 : kind.IsNew ? -1 : -20),
            PasswordIsTemporary = kind.IsNew,
            EmailConfirmedAt = _now,
            CreatedAt = _now.AddDays(-500),
            DisabledAt = kind.IsDisabled ? _now : null,
            InactivatedAt = kind.IsInactive ? _now : null,
        };
        account.NormalizedUserName = account.UserName;
        var name = new SignInName { Id = clock.NewId(), Scope = organization.Id, Name = $"first{first}", Skeleton = $"first{first}", AccountId = account.Id };
        DateTimeOffset? lastSignIn = kind.IsNew ? null : _now.AddDays(-2);
        List<object> rows =
        [
            account,
            name,
            new Membership { AccountId = account.Id, OrganizationId = organization.Id, Roles = kind.IsViewer ? Roles.ViewOnly : Roles.Standard },
            new AccountActivity { AccountId = account.Id, LastSignInCompletedAt = lastSignIn, IdleSince = kind.IsInactive ? null : lastSignIn ?? _now },
        ];
        if (!kind.IsNew)
        {
            rows.Add(new Factor { Id = clock.NewId(), AccountId = account.Id, Kind = FactorKinds.Authenticator, ProtectedKey = [1], AddedAt = _now });
        }

        db.AddRange(rows);
        new FindablePeople(db).Add(account, name, organization.Code);
        rows.AddRange(db.ChangeTracker.Entries<SearchKey>().Select(entry => entry.Entity));
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        foreach (var row in rows)
        {
            await Copies.AddAsync(db, row, count - 1, column => Own(column, row), first);
        }

        // A few of them are locked just now.
        var locked = new SignInTry { NameKey = RandomNumberGenerator.GetBytes(32), Source = "198.51.100.1", Failures = 5, LockedUntil = _now.AddDays(1), LastTryAt = _now };
        await db.SignInNames.Where(n => n.AccountId == account.Id).ExecuteUpdateAsync(set => set.SetProperty(n => n.TryKey, locked.NameKey));
        db.Add(locked);
        await db.SaveChangesAsync();
    }

    private string? Own(string column, object row) => (column, row) switch
    {
        ("HomeOrganizationId" or "Scope" or "OrganizationId", _) => Copies.IdOf(db, $"\"{column}\"", OrganizationNumber),
        ("GivenName", _) => OneOf(s_givenNames, "n"),
        ("FamilyName", _) => $"{OneOf(s_familyNames, $"(n / {s_givenNames.Length})")} || '-' || {OneOf(s_familyNames, $"(n / {s_givenNames.Length * s_familyNames.Length})")}",
        ("Email", _) => "'person' || n || '@lake.example'",
        ("Name" or "Skeleton", SignInName) => "'person' || n",
        ("Key", SearchKey { Kind: SearchKeyKind.FamilyName }) => $"{Family()} || ' ' || {Given()}",
        ("Key", SearchKey { Kind: SearchKeyKind.GivenName }) => $"{Given()} || ' ' || {Family()}",
        ("Key", SearchKey { Kind: SearchKeyKind.SignInName }) => "'person' || n",
        ("Key", SearchKey { Kind: SearchKeyKind.Email }) => "'person' || n || '@lake.example'",
        _ => null,
    };

    private static string OrganizationNumber => $"(1 + (n - 1) / {PeoplePerOrganization})";

    private static string Given() => $"lower({OneOf(s_givenNames, "n")})";

    private static string Family() =>
        $"lower({OneOf(s_familyNames, $"(n / {s_givenNames.Length})")} || ' ' || {OneOf(s_familyNames, $"(n / {s_givenNames.Length * s_familyNames.Length})")})";

    private static string OneOf(string[] texts, string number) =>
        $"CASE {number} % {texts.Length} {string.Join(' ', texts.Select((text, index) => $"WHEN {index} THEN '{text}'"))} END";

    private sealed record Kind
    {
        public bool IsViewer { get; init; }

        public bool IsNew { get; init; }

        public bool IsDisabled { get; init; }

        public bool IsInactive { get; init; }

        public bool IsExpired { get; init; }
    }
}
