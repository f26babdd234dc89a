using Microsoft.Extensions.Options;

namespace Cardea.Tests.Messages;

public sealed class MessageSettingsTests
{
    [Theory, Scenario("V12.2.1", "V12.3.1")]
    [InlineData("From", "no reply", "Cardea:Messages:From is not an email address.")]
    [InlineData("From", "no-reply@registry.example\r\nBcc: evil@x.example", "Cardea:Messages:From is not an email address.")]
    [InlineData("Host", "", "Cardea:Messages:Host must name the mail server, because Cardea:Messages:Transport is Smtp.")]
    [InlineData("Host", "mail.example", "Cardea:Messages:Encryption may be None only where Cardea:Messages:Host is this machine: use StartTls or Tls.")]
    [InlineData("From", null, "Cardea:Messages:From must be an address of yours, because Cardea:Messages:Transport is Smtp.")]
    [InlineData("UserName", "cardea", "Cardea:Messages:UserName and Cardea:Messages:Password go together: set both or neither.")]
    [InlineData("Password", "secret", "Cardea:Messages:UserName and Cardea:Messages:Password go together: set both or neither.")]
    [InlineData("CertificateAuthority", "/nowhere.pem", "Cardea:Messages:CertificateAuthority must be a readable PEM file with at least one certificate.")]
    [InlineData("Port", "0", "Cardea:Messages:Port must be between 1 and 65535.")]
    [InlineData("Timeout", "00:10:00", "Cardea:Messages:Timeout must be between 00:00:01 and 00:02:00.")]
    public async Task A_wrong_setting_stops_the_start_with_a_sentence(string key, string? value, string sentence)
    {
        var settings = new Dictionary<string, string>
        {
            ["Cardea:Messages:Transport"] = "Smtp",
            ["Cardea:Messages:Host"] = "localhost",
            ["Cardea:Messages:Encryption"] = "None",
            ["Cardea:Messages:From"] = "no-reply@registry.example",
        };
        settings.Remove($"Cardea:Messages:{key}");
        if (value is not null)
        {
            settings.Add($"Cardea:Messages:{key}", value);
        }

        await using var node = await MailNode.CreateAsync(Database.Sqlite, settings.Select(setting => (setting.Key, setting.Value)));

        var problem = await Assert.ThrowsAsync<OptionsValidationException>(node.StartDispatcherAsync);

        Assert.Equal([sentence], problem.Failures);
    }

    [Theory, Scenario("V12.3.1")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task A_server_on_this_machine_may_be_spoken_to_in_the_clear(string host)
    {
        await using var node = await MailNode.CreateAsync(
            Database.Sqlite,
            ("Cardea:Messages:Transport", "Smtp"), ("Cardea:Messages:Host", host), ("Cardea:Messages:Encryption", "None"), ("Cardea:Messages:From", "no-reply@registry.example"));

        await node.StartDispatcherAsync();
    }
}
