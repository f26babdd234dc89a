using System.Text.RegularExpressions;
using Cardea.Data;
using Cardea.Features.SecondFactors;
using Cardea.Features.SecondFactors.Authenticators;
using Cardea.Features.SecondFactors.Clinics;
using Cardea.Features.SecondFactors.Recovery;
using Cardea.Features.Sessions;
using Cardea.Rules.SecondFactors;
using OtpNet;

namespace Cardea.Tests.Infrastructure;

/// <summary>An app on a person's phone: it has the key, and a clock of its own.</summary>
public sealed class TestAuthenticator(string key, TimeProvider clock)
{
    /// <param name="clockIsAhead">How much the phone's clock is ahead of ours.</param>
    public string Code(TimeSpan clockIsAhead = default) =>
        new Totp(Base32Encoding.ToBytes(key)).ComputeTotp((clock.GetUtcNow() + clockIsAhead).UtcDateTime);

    /// <summary>One that is shown at no time that the product looks at.</summary>
    public string WrongCode()
    {
        var near = Enumerable.Range(-25, 51).Select(step => Code(step * TotpRules.Step)).ToHashSet();
        return Enumerable.Range(0, 100).Select(number => $"{number:D6}").First(code => !near.Contains(code));
    }
}

public static partial class TestFactors
{
    extension(CardeaApp app)
    {
        /// <summary>As if the person had set it up some time ago.</summary>
        public async Task<TestAuthenticator> AddAuthenticatorAsync(TestPerson person)
        {
            var keys = app.Services.GetRequiredService<AuthenticatorKeys>();
            var factor = new Factor
            {
                Id = app.Clock.NewId(),
                AccountId = person.Id,
                Kind = FactorKinds.Authenticator,
                ProtectedKey = keys.NewProtected(person.Id),
                AddedAt = app.Clock.Now.AddDays(-1),
            };
            await app.WriteAsync(async db =>
            {
                db.Add(factor);
                await db.SaveChangesAsync();
            });
            return new(keys.TextOf(factor.ProtectedKey, person.Id), app.Clock);
        }

        /// <summary>An app that has taken the key which the page shows.</summary>
        public TestAuthenticator PhoneThatScanned(PersonBrowser browser) => new(KeyOn(browser), app.Clock);

        /// <summary>The clock stands still while people sign in again and again: a code that was accepted would not be again.</summary>
        public Task ForgetCodesAsync(TestPerson person) => app.WriteAsync(db =>
            db.Factors.Where(f => f.AccountId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(f => f.LastStep, (long?)null)));

        /// <summary>As if an administrator of theirs had decided so a while ago.</summary>
        public Task AskForSecondFactorAsync(TestOrganization organization, OrganizationMethod method, int rememberDays = 0) => app.WriteAsync(db =>
        {
            var at = app.Clock.Now.AddDays(-1);
            db.Add(new OrganizationFactorSetting
            {
                OrganizationId = organization.Id,
                Method = method,
                RememberDays = rememberDays,
                From = at,
                ChangedAt = at,
            });
            return db.SaveChangesAsync();
        });

        public Task AddFactorAsync(TestPerson person, FactorKinds kind) => app.WriteAsync(db =>
        {
            db.Add(new Factor { Id = app.Clock.NewId(), AccountId = person.Id, Kind = kind, AddedAt = app.Clock.Now.AddDays(-1) });
            return db.SaveChangesAsync();
        });

        /// <summary>Whom the product takes this browser for.</summary>
        public async Task<SignedInPerson> PersonOfAsync(PersonBrowser browser) =>
            await app.RunAsync<SessionStore, SignedInPerson?>(sessions => sessions.FindAsync(browser.Cookies["__Host-cardea-session"]!, CancellationToken.None))
                ?? throw new InvalidOperationException("Nobody is signed in there.");

        public Task<Factor> FactorOfAsync(TestPerson person) => app.ReadAsync(db => db.Factors.AsNoTracking().SingleAsync(f => f.AccountId == person.Id));
    }

    extension(PersonBrowser browser)
    {
        public Task EnterCodeAsync(string code, string button = "Login")
        {
            browser.Fill("MFA Code", code);
            return browser.ClickAsync(button);
        }
    }

    /// <summary>In base 32.</summary>
    public static string KeyOn(PersonBrowser browser) => GroupsOfFour().Match(browser.Text).Value.Replace(" ", "", StringComparison.Ordinal);

    [GeneratedRegex("(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}")]
    private static partial Regex GroupsOfFour();
}
