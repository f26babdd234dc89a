using System.Text;
using Cardea.Features.Sessions;

namespace Cardea.Tests.Sessions;

[Scenario("V7.2.1", "V7.2.2", "V7.2.3", "V11.5.1", "N-14")]
public sealed class SessionSecretTests(CardeaApps apps)
{
    [Theory, EachDatabase]
    public async Task The_browser_holds_256_random_bits_and_the_database_only_their_hash(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var one = await app.SignInAsync(amina);
        using var other = await app.SignInAsync(amina);

        var secrets = (string[])[one.Cookies["cardea-session"]!, other.Cookies["cardea-session"]!, one.Cookies["cardea-device"]!, other.Cookies["cardea-device"]!];

        Assert.Equal(4, secrets.Distinct().Count());
        Assert.All(secrets, secret => Assert.Equal(32, System.Buffers.Text.Base64Url.DecodeFromChars(secret).Length));
        var sessions = await app.ReadAsync(db => db.Sessions.Where(s => s.AccountId == amina.Id).ToListAsync());
        Assert.All(sessions, session => Assert.DoesNotContain(secrets, secret => session.SecretHash.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(secret))));
        Assert.Contains(sessions, session => session.SecretHash.AsSpan().SequenceEqual(Secrets.Hash(secrets[0])));
    }

    [Theory, EachDatabase]
    public async Task An_edited_or_invented_cookie_is_nobody(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());
        var secret = browser.Cookies["cardea-session"]!;
        var otherEnd = secret[^1] == 'A' ? "Q" : "A";

        foreach (var edited in (string[])[secret[..^2] + "z" + otherEnd, Secrets.New(), secret.ToUpperInvariant(), secret + "A", "", "%00", new('A', 9_000), "' OR 1=1 --"])
        {
            using var thief = app.OpenBrowser();
            var request = new HttpRequestMessage(HttpMethod.Get, "/account");
            request.Headers.TryAddWithoutValidation("Cookie", $"__Host-cardea-session={edited}");
            await thief.SendAsync(request);
            Assert.True((int)thief.Status >= 400 || thief.Url.StartsWith("/sign-in", StringComparison.Ordinal), $"\"{edited}\" was answered {thief.Status} at {thief.Url}");
        }
    }

    /// <summary>The form's one-time id and the device's secret are no sessions.</summary>
    [Theory, EachDatabase]
    [Scenario("V9.2.2")]
    public async Task Other_secrets_do_not_open_a_session(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        var formId = browser.FormOf("Login")["Input.FormId"];
        await browser.SignInAsync(await app.AddPersonAsync());

        foreach (var other in (string[])[formId, browser.Cookies["cardea-device"]!])
        {
            using var thief = app.OpenBrowser();
            thief.Cookies.Put("__Host-cardea-session", other);
            await thief.OpenAsync("/account");
            Assert.StartsWith("/sign-in", thief.Url, StringComparison.Ordinal);
        }
    }
}
