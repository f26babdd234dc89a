using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Agreements;
using Cardea.Features.Lifecycle;
using Cardea.Features.Organizations;
using Cardea.Features.Passwords;
using Cardea.Features.SecondFactors;
using Cardea.Features.SecurityQuestions;
using Cardea.Hosting;
using Cardea.Rules.Accounts;
using Cardea.Rules.Agreements;
using Cardea.Rules.EmailAddresses;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;
using Cardea.Rules.SignIn;
using Microsoft.Extensions.Options;

namespace Cardea.Tests.Infrastructure;

/// <summary>An organization with all that a test needs to speak of it.</summary>
public sealed record TestOrganization(Guid Id, string Code, string Name);

/// <summary>A person with all that they know and type.</summary>
public sealed record TestPerson(Guid Id, TestOrganization Organization, string Username, string Password, string Email)
{
    /// <summary>Who manages people has one, since nothing less gets them in .</summary>
    public TestAuthenticator? Authenticator { get; init; }

    public const string GivenName = "Amina", FamilyName = "Diallo", DisplayName = $"{GivenName} {FamilyName}";
}

public enum PersonKind
{
    /// <summary>Holds a temporary password; everything is still due.</summary>
    New,

    /// <summary>Own password, agreement accepted, address confirmed, three answers: nothing is due.</summary>
    Returning,
}

/// <summary>Puts organizations and people into the database as they would be after the acts that make them.</summary>
public static class TestPeople
{
    public const string OwnPassword = "Rainy#Tuesday42";
    public const string TemporaryPassword = "Kq7@wTemporary";
    public const string Answer = "blue bicycle";

    private static readonly string[] Questions = ["first-pet", "first-school", "childhood-street"];

    private static int _added;

    extension(CardeaApp app)
    {
        /// <summary>Unnamed organizations get a code of their own.</summary>
        public async Task<TestOrganization> AddOrganizationAsync(string? code = null, OrganizationType type = OrganizationType.HealthCareProvider)
        {
            var organization = new Organization
            {
                Id = app.Clock.NewId(),
                Code = code ?? $"CLINIC-{Interlocked.Increment(ref _added)}",
                CodeSkeleton = "",
                Name = "Riverside Clinic",
                Type = type,
                TimeZone = "America/Chicago",
                CreatedAt = app.Clock.Now,
            };
            organization.CodeSkeleton = SignInNames.Skeleton(organization.Code);
            await app.WriteAsync(async db =>
            {
                db.Add(organization);
                await db.SaveChangesAsync();
            });
            return new(organization.Id, organization.Code, organization.Name);
        }

        /// <summary>A person of an organization of their own unless one is given. Change what is special with <paramref name="change"/>.</summary>
        public async Task<TestPerson> AddPersonAsync(
            PersonKind kind = PersonKind.Returning,
            Roles roles = Roles.Standard,
            TestOrganization? organization = null,
            string? username = null,
            Action<Account>? change = null,
            Audience audience = Audience.Staff)
        {
            organization ??= await app.AddOrganizationAsync();
            username ??= $"amina{Interlocked.Increment(ref _added)}";
            var email = audience is Audience.Patient ? username : $"{username}@clinic.example";
            var now = app.Clock.Now;
            var account = new Account
            {
                Id = app.Clock.NewId(),
                UserName = Guid.CreateVersion7().ToString("N"),
                Email = email,
                NormalizedEmail = EmailAddressRules.Folded(email),
                SecurityStamp = "",
                PasswordHash = TestHashes.Of(TemporaryPassword, app.HashesCheaply),
                GivenName = TestPerson.GivenName,
                FamilyName = TestPerson.FamilyName,
                Audience = audience,
                HomeOrganizationId = organization.Id,
                PasswordSetAt = now,
                PasswordIsTemporary = true,
                CreatedAt = now,
            };
            account.NormalizedUserName = account.UserName;
            await app.WriteAsync(db =>
            {
                db.Add(account);
                var name = new SignInName
                {
                    Id = app.Clock.NewId(),
                    Scope = SignInName.ScopeOf(audience, IdentifierKind.OrganizationCodeAndUsername, organization.Id),
                    Name = username,
                    Skeleton = SignInNames.Skeleton(username),
                    AccountId = account.Id,
                };
                db.Add(name);
                new FindablePeople(db).Add(account, name, organization.Code);
                db.Add(new Membership { AccountId = account.Id, OrganizationId = organization.Id, Roles = roles });
                db.Add(new AccountActivity { AccountId = account.Id, IdleSince = audience is Audience.Staff ? now : null });
                return db.SaveChangesAsync();
            });

            var person = new TestPerson(account.Id, organization, username, kind is PersonKind.New ? TemporaryPassword : OwnPassword, email);
            if (kind is PersonKind.Returning)
            {
                await app.SettleAsync(person, audience is Audience.Patient ? "/sign-in/password" : null);
                if (PermissionRules.ManagesPeople(roles))
                {
                    person = person with { Authenticator = await app.AddAuthenticatorAsync(person) };
                }
            }

            if (change is not null)
            {
                await app.ChangeAsync(person, change);
            }

            return person;
        }

        /// <summary>Nothing was accepted, confirmed or answered: that is not for patients. <see cref="TestPerson.Username"/> is their address.</summary>
        public Task<TestPerson> AddPatientAsync(
            PersonKind kind = PersonKind.Returning, TestOrganization? organization = null, string? email = null, Action<Account>? change = null) =>
            app.AddPersonAsync(
                kind, Roles.None, organization, email ?? $"p{Interlocked.Increment(ref _added)}@home.example", change, Audience.Patient);

        public Task ChangeAsync(TestPerson person, Action<Account> change) => app.WriteAsync(async db =>
        {
            change(await db.Accounts.SingleAsync(account => account.Id == person.Id));
            await db.SaveChangesAsync();
            await new FindablePeople(db).RefreshAsync(person.Id, CancellationToken.None);
            await db.SaveChangesAsync();
        });

        public Task ChangeOrganizationAsync(TestOrganization organization, Action<Organization> change) => app.WriteAsync(async db =>
        {
            change(await db.Organizations.SingleAsync(o => o.Id == organization.Id));
            await db.SaveChangesAsync();
        });

        /// <summary>Publishes the next version of both agreements in all languages. People added afterwards have accepted it.</summary>
        public Task PublishAgreementsAsync() => app.WriteAsync(async db =>
        {
            foreach (var kind in Enum.GetValues<AgreementKind>())
            {
                var last = await db.AgreementVersions.Where(version => version.Kind == kind).MaxAsync(version => (int?)version.Number) ?? 0;
                var id = app.Clock.NewId();
                db.Add(new AgreementVersion
                {
                    Id = id,
                    Kind = kind,
                    Number = last + 1,
                    PublishedAt = app.Clock.Now,
                    Texts = [.. Languages.All.Select(language => new AgreementText
                    {
                        VersionId = id, Language = language, Title = $"{kind} agreement ({language})", Body = $"# Words\n\nOf version {last + 1}.", Hash = $"{id:N}{id:N}",
                    })],
                });
            }

            await db.SaveChangesAsync();
        });

        /// <summary>
        /// Does at the database what a person does on the pages of the steps, so that nothing is due any more; with <paramref name="step"/>,
        /// the path of one page, what is done there. The new password is <see cref="OwnPassword"/>.
        /// </summary>
        public Task SettleAsync(TestPerson person, string? step = null) => app.WriteAsync(async db =>
        {
            var now = app.Clock.Now;
            var account = await db.Accounts.SingleAsync(a => a.Id == person.Id);
            if (step is null or "/sign-in/password")
            {
                (account.PasswordHash, account.PasswordIsTemporary, account.PasswordSetAt) = (TestHashes.Of(OwnPassword, app.HashesCheaply), false, now);
                await db.Sessions.Where(s => s.AccountId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.PasswordSetAt, now));
            }

            if (step is null or "/sign-in/agreement")
            {
                db.AddRange(await AcceptancesAsync(db, person.Id, AgreementKind.User, now));
            }

            var roles = await db.Memberships
                .Where(m => m.AccountId == person.Id && m.OrganizationId == account.HomeOrganizationId).Select(m => m.Roles).SingleAsync();
            if (step is "/sign-in/organization")   // that of the home
            {
                await db.Sessions.Where(s => s.AccountId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Roles, roles));
            }

            if (step is "/sign-in/administrator-agreement" || (step is null && PermissionRules.ManagesPeople(roles)))
            {
                db.AddRange(await AcceptancesAsync(db, person.Id, AgreementKind.Administrator, now));
            }

            if (step is null or "/sign-in/email")
            {
                account.EmailConfirmedAt = now;
            }

            if (step is null or "/sign-in/security-questions")
            {
                await db.SecurityAnswers.Where(answer => answer.AccountId == person.Id).ExecuteDeleteAsync();
                db.AddRange(AnswersOf(app, person.Id, now));
            }

            if (step is "/sign-in/second-factor")   // by a recovery code, after so many wrong codes that the app was blocked
            {
                await db.Sessions.Where(s => s.AccountId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.SecondFactorAt, now));
                await db.Factors.Where(f => f.AccountId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(f => f.RemovedAt, now));
            }

            if (step?.StartsWith("/sign-in/second-factor-set-up", StringComparison.Ordinal) is true)
            {
                await db.Sessions.Where(s => s.AccountId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.SecondFactorAt, now));
                db.Add(new Factor { Id = app.Clock.NewId(), AccountId = person.Id, Kind = FactorKinds.Authenticator, AddedAt = now });
            }

            await db.SaveChangesAsync();
        });

        /// <summary>Fills and sends the sign-in form, and the one after it where the person has an app.</summary>
        public async Task<PersonBrowser> SignInAsync(TestPerson person, string? password = null, string clientAddress = "203.0.113.7")
        {
            var browser = app.OpenBrowser(clientAddress);
            await browser.OpenAsync("/sign-in");
            await browser.SignInAsync(person, password);
            if (person.Authenticator is { } authenticator && browser.Url.StartsWith("/sign-in/second-factor", StringComparison.Ordinal))
            {
                await app.ForgetCodesAsync(person);
                await browser.EnterCodeAsync(authenticator.Code());
            }

            return browser;
        }
    }

    extension(CardeaApp app)
    {
        public async Task<PersonBrowser> SignInPatientAsync(TestPerson patient, string? password = null, string clientAddress = "203.0.113.7")
        {
            var browser = app.OpenBrowser(clientAddress);
            await browser.OpenAsync("/patient/sign-in");
            await browser.SignInByEmailAsync(patient.Email, password ?? patient.Password);
            return browser;
        }
    }

    extension(PersonBrowser browser)
    {
        /// <summary>Fills and sends a form that asks for an email address, which is open.</summary>
        public Task SignInByEmailAsync(string email, string password)
        {
            browser.Fill("Email Address", email);
            browser.Fill("Password", password);
            return browser.ClickAsync("Login");
        }

        /// <summary>Fills and sends the sign-in form that is open.</summary>
        public Task SignInAsync(TestPerson person, string? password = null) =>
            browser.SignInAsync(person.Organization.Code, person.Username, password ?? person.Password);

        public Task SignInAsync(string organizationCode, string username, string password)
        {
            browser.Fill("Organization Code", organizationCode);
            browser.Fill("Username", username);
            browser.Fill("Password", password);
            return browser.ClickAsync("Login");
        }
    }

    private static IEnumerable<SecurityAnswer> AnswersOf(CardeaApp app, Guid accountId, DateTimeOffset now) => Questions.Select((question, index) => new SecurityAnswer
    {
        AccountId = accountId,
        Position = index + 1,
        Question = question,
        AnswerHash = TestHashes.Of(Answer, app.HashesCheaply),
        SetAt = now,
    });

    /// <summary>Of the version in force, if there is one.</summary>
    private static async Task<IEnumerable<AgreementAcceptance>> AcceptancesAsync(AppDbContext db, Guid accountId, AgreementKind kind, DateTimeOffset now)
    {
        var inForce = await db.AgreementVersions.AsNoTracking().Include(version => version.Texts)
            .Where(version => version.Kind == kind).OrderByDescending(version => version.Number).Take(1).ToListAsync();
        return inForce.Select(version => new AgreementAcceptance
        {
            Id = Guid.CreateVersion7(now),
            AccountId = accountId,
            Kind = version.Kind,
            VersionId = version.Id,
            Language = "en",
            TextHash = version.Texts.Single(text => text.Language == "en").Hash,
            At = now,
            Address = "203.0.113.7",
        });
    }
}
