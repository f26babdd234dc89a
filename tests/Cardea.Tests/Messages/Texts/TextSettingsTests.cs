using Cardea.Hosting;
using Microsoft.Extensions.Options;

namespace Cardea.Tests.Messages.Texts;

public sealed class TextSettingsTests
{
    [Theory, Scenario("V12.2.1", "V12.3.1")]
    [InlineData("BaseAddress", "http://texts.example", "Cardea:Texts:BaseAddress may begin with http:// only where it is this machine: use https://.")]
    [InlineData("BaseAddress", "texts.example", "Cardea:Texts:BaseAddress must be an address such as https://api.twilio.com, with nothing behind the path.")]
    [InlineData("BaseAddress", "file:///etc/passwd", "Cardea:Texts:BaseAddress must be an address such as https://api.twilio.com, with nothing behind the path.")]
    [InlineData("BaseAddress", "https://me:secret@texts.example", "Cardea:Texts:BaseAddress must be an address such as https://api.twilio.com, with nothing behind the path.")]
    [InlineData("BaseAddress", "https://texts.example/?to=", "Cardea:Texts:BaseAddress must be an address such as https://api.twilio.com, with nothing behind the path.")]
    [InlineData("AccountSid", null, "Cardea:Texts:AccountSid must be the letters and digits that the provider gave you, because Cardea:Texts:Transport is Http.")]
    [InlineData("AccountSid", "AC/../x", "Cardea:Texts:AccountSid must be the letters and digits that the provider gave you, because Cardea:Texts:Transport is Http.")]
    [InlineData("AuthToken", null, "Cardea:Texts:AuthToken must be set, because Cardea:Texts:Transport is Http.")]
    [InlineData("From", null, "Cardea:Texts:From or Cardea:Texts:MessagingServiceSid must be set, and not both, because Cardea:Texts:Transport is Http.")]
    [InlineData("MessagingServiceSid", "MG0123", "Cardea:Texts:From or Cardea:Texts:MessagingServiceSid must be set, and not both, because Cardea:Texts:Transport is Http.")]
    [InlineData("From", "Registry", "Cardea:Texts:From must be a number such as +16515550100, or a short code.")]
    [InlineData("From", "+16515550100\n", "Cardea:Texts:From must be a number such as +16515550100, or a short code.")]
    [InlineData("Countries:0", "Canada", "Cardea:Texts:Countries has \"Canada\", which is no country: write two capital letters, such as US.")]
    [InlineData("Countries", "US", "Cardea:Texts:Countries is a list: write Cardea:Texts:Countries:0, Cardea:Texts:Countries:1 and so on.")]
    [InlineData("Timeout", "00:10:00", "Cardea:Texts:Timeout must be between 00:00:01 and 00:02:00.")]
    [InlineData("PerNumberAnHour", "0", "Cardea:Texts:PerNumberAnHour must be between 1 and 1000000.")]
    [InlineData("Token", "x", "Cardea:Texts:Token is no setting.")]
    public async Task A_wrong_setting_stops_the_start_with_a_sentence(string key, string? value, string sentence)
    {
        await using var node = await MailNode.CreateAsync(Database.Sqlite, With(key, value));

        var problem = await Assert.ThrowsAsync<OptionsValidationException>(node.StartDispatcherAsync);

        Assert.Equal([sentence], problem.Failures);
        Assert.DoesNotContain("correct-horse", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transport_that_does_not_exist_stops_the_start_with_a_sentence()
    {
        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => MailNode.CreateAsync(Database.Sqlite, With("Transport", "Pigeon")));

        Assert.Equal("Failed to convert configuration value 'Pigeon' at 'Cardea:Texts:Transport' to type 'Cardea.Features.Messages.Texts.TextTransport'.", ConfigurationMistakes.SentenceFor(problem));
    }

    [Theory, Scenario("V12.3.1")]
    [InlineData("BaseAddress", "http://127.0.0.1:8080/gateway")]
    [InlineData("BaseAddress", "http://[::1]:8080")]
    [InlineData("From", "12345")]
    [InlineData("Countries:0", "CA")]
    public async Task What_is_fine_is_taken(string key, string value)
    {
        await using var node = await MailNode.CreateAsync(Database.Sqlite, With(key, value));

        await node.StartDispatcherAsync();
    }

    private static IEnumerable<(string, string)> With(string key, string? value)
    {
        var settings = new Dictionary<string, string>
        {
            ["Transport"] = "Http",
            ["AccountSid"] = TextProviderServer.AccountSid,
            ["AuthToken"] = TextProviderServer.AuthToken,
            ["From"] = TextProviderServer.From,
        };
        settings.Remove(key);
        if (value is not null)
        {
            settings.Add(key, value);
        }

        return settings.Select(setting => ($"Cardea:Texts:{setting.Key}", setting.Value));
    }
}
