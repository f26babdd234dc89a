using System.Text;

namespace Cardea.Tests.Security;

/// <summary>After a whole visit with everything logged, no secret of it is anywhere but where it belongs.</summary>
[Scenario("V16.2.5", "V14.2.1", "V11.5.1", "V16.3.4")]
public sealed class CanaryTests
{
    [Theory, EachDatabase]
    public async Task No_secret_of_a_sign_in_is_in_logs_audit_or_outbox(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft", "Trace"));
        await app.PublishAgreementsAsync();
        var amina = await app.AddPersonAsync(PersonKind.New);
        using var browser = app.OpenBrowser();
        var secrets = new List<string> { TestPeople.TemporaryPassword, "Canary#Wrong77", "Canary#Lantern88" };
        await browser.OpenAsync("/sign-in");
        secrets.Add(browser.FormOf("Login")["Input.FormId"]);
        await browser.SignInAsync(amina, "Canary#Wrong77");
        await browser.SignInAsync(amina);
        secrets.Add(browser.Cookies["cardea-session"]!);
        secrets.Add(browser.Cookies["cardea-device"]!);
        browser.Fill("New Password", "Canary#Lantern88");
        browser.Fill("Confirm New Password", "Canary#Lantern88");
        await browser.ClickAsync("Save");
        secrets.Add(browser.Cookies["cardea-session"]!);
        await app.SettleAsync(amina);
        await browser.OpenAsync("/");
        secrets.Add(browser.Cookies["cardea-session"]!);
        await browser.ClickAsync("Sign out");
        foreach (var _ in Enumerable.Range(1, 5))
        {
            (await app.SignInAsync(amina, "Canary#Wrong77")).Dispose();   // until the owner gets a mail
        }

        Assert.NotEmpty(app.Logs.Lines);
        var audit = await app.AuditAsync();
        var outbox = await app.ReadAsync(db => db.OutboxMessages.ToListAsync());
        Assert.NotEmpty(audit);
        Assert.NotEmpty(outbox);
        foreach (var secret in secrets.Append(amina.Username).Append(amina.Email))
        {
            var isSecret = secrets.Contains(secret);
            Assert.DoesNotContain(app.Logs.Lines, line => line.ToString().Contains(secret, StringComparison.Ordinal) && (isSecret || IsOurs(line)));
            Assert.DoesNotContain(audit, entry => $"{entry.Reason} {entry.Payload} {entry.ActorId}".Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(outbox, mail => mail.Payload is { } payload && Encoding.UTF8.GetString(payload).Contains(secret, StringComparison.Ordinal));
        }
    }

    private static bool IsOurs(LogLine line) => line.Category.StartsWith("Cardea", StringComparison.Ordinal);
}
