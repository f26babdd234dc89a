using System.Security.Cryptography;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Agreements;
using Cardea.Features.Lifecycle;
using Cardea.Features.Organizations;
using Cardea.Features.Passwords;
using Cardea.Features.SecondFactors.Authenticators;
using Cardea.Features.SecurityQuestions;
using Cardea.Features.SetUp;
using Cardea.Hosting;
using Cardea.Rules.Accounts;
using Cardea.Rules.Agreements;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cardea.Bench;

/// <summary>
/// The people who sign in: returning ones, of whom nothing is due. They are written as rows, because the operations that bring a real person
/// so far hash a password and three answers each: minutes, for hundreds of people, in which nothing is measured.
/// </summary>
internal sealed class Seeding(AppDbContext db, PasswordHashes hashes, AuthenticatorKeys keys, TimeProvider clock)
{
    private const int PeoplePerOrganization = 20;
    private const string Password = "Harbor-Lantern-2041#";
    private const int AuthenticatorKeyBytes = 20;
    private const string Language = "en";
    private const string Address = "127.0.0.1";

    // One hash for everybody: it is compared at the same cost, and no check ever sees two people together.
    private readonly string _hash = hashes.Hash(Password);
    private readonly DateTimeOffset _yesterday = clock.Now.AddDays(-1);

    public static Credentials[] People(int count) =>
    [
        .. Enumerable.Range(0, count).Select(number => new Credentials(
            OrganizationCode: $"CLINIC{number / PeoplePerOrganization + 1}", Username: $"nurse{number + 1}", Password)),
    ];

    /// <summary>In organizations of their own.</summary>
    public static Credentials[] PeopleWithApp(int count) =>
    [
        .. Enumerable.Range(0, count).Select(number => new Credentials(
            OrganizationCode: $"HOSPITAL{number / PeoplePerOrganization + 1}", Username: $"doctor{number + 1}", Password,
            RandomNumberGenerator.GetBytes(AuthenticatorKeyBytes))),
    ];

    /// <summary>Makes the product's database and fills it.</summary>
    public static async Task RunAsync(Contestant product, Credentials[] people)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(product.Settings);
        builder.AddCore();
        using (var host = builder.Build())
        await using (var scope = host.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<Schema>().MigrateAsync(CancellationToken.None);
            await ActivatorUtilities.CreateInstance<Seeding>(scope.ServiceProvider).WriteAsync([.. people, .. product.PeopleWithApp]);
        }

        SqliteConnection.ClearAllPools();   // the file belongs to the server from here on
    }

    private async Task WriteAsync(Credentials[] people)
    {
        db.Registry.Add(new Registry { SetUpClosedAt = _yesterday });
        var agreement = AddAgreement();
        foreach (var staff in people.GroupBy(person => person.OrganizationCode))
        {
            var organization = AddOrganization(staff.Key);
            foreach (var person in staff) { AddPerson(person, organization, agreement); }
        }

        await db.SaveChangesAsync();
    }

    private AgreementText AddAgreement()
    {
        var version = new AgreementVersion { Id = clock.NewId(), Kind = AgreementKind.User, Number = 1, PublishedAt = _yesterday };
        var text = new AgreementText
        {
            VersionId = version.Id,
            Language = Language,
            Title = "User agreement",
            Body = "Look up only whom you care for.",
            Hash = new('0', 64),
        };
        version.Texts.Add(text);
        db.AgreementVersions.Add(version);
        return text;
    }

    private Organization AddOrganization(string code)
    {
        var organization = new Organization
        {
            Id = clock.NewId(),
            Code = code,
            CodeSkeleton = SignInNames.Skeleton(code),
            Name = code,
            Type = OrganizationType.HealthCareProvider,
            TimeZone = "America/Chicago",
            CreatedAt = _yesterday,
        };
        db.Organizations.Add(organization);
        return organization;
    }

    private void AddPerson(Credentials person, Organization organization, AgreementText agreement)
    {
        var account = new Account
        {
            Id = clock.NewId(),
            UserName = $"{clock.NewId():N}",
            GivenName = "Noor",
            FamilyName = person.Username,
            Email = $"{person.Username}@clinic.example",
            Audience = Audience.Staff,
            HomeOrganizationId = organization.Id,
            PasswordHash = _hash,
            PasswordSetAt = _yesterday,
            PasswordIsTemporary = false,
            EmailConfirmedAt = _yesterday,
            CreatedAt = _yesterday,
        };
        account.NormalizedUserName = account.UserName;
        account.NormalizedEmail = account.Email;

        db.Accounts.Add(account);
        db.Memberships.Add(new() { AccountId = account.Id, OrganizationId = organization.Id, Roles = person.Roles });
        db.AccountActivity.Add(new() { AccountId = account.Id, LastSignInCompletedAt = _yesterday, LastSignInFrom = Address, IdleSince = _yesterday });
        var name = new SignInName
        {
            Id = clock.NewId(),
            Scope = organization.Id,
            Name = person.Username,
            Skeleton = SignInNames.Skeleton(person.Username),
            AccountId = account.Id,
        };
        db.SignInNames.Add(name);
        new FindablePeople(db).Add(account, name, organization.Code);
        db.AgreementAcceptances.Add(new()
        {
            Id = clock.NewId(),
            AccountId = account.Id,
            Kind = AgreementKind.User,
            VersionId = agreement.VersionId,
            Language = Language,
            TextHash = agreement.Hash,
            At = _yesterday,
            Address = Address,
        });
        foreach (var position in Enumerable.Range(1, 3))
        {
            db.SecurityAnswers.Add(new()
            {
                AccountId = account.Id,
                Position = position,
                Question = $"question-{position}",
                AnswerHash = _hash,
                SetAt = _yesterday,
            });
        }

        if (person.AuthenticatorKey is { } key)
        {
            db.Factors.Add(new()
            {
                Id = clock.NewId(),
                AccountId = account.Id,
                Kind = FactorKinds.Authenticator,
                ProtectedKey = keys.Protected(key, account.Id),
                AddedAt = _yesterday,
            });
        }
    }
}
