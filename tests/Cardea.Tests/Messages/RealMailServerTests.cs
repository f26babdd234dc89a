using Cardea.Features.Messages;

namespace Cardea.Tests.Messages;

public sealed class RealMailServerTests(MailServer server) : IClassFixture<MailServer>
{
    [Theory, EachDatabase]
    [Scenario("S2-42", "V12.1.1", "V12.3.4")]
    public async Task A_mail_travels_encrypted_to_exactly_one_person(Database database)
    {
        await using var node = await MailNode.CreateAsync(database, server.Settings);
        var to = $"amina.{database}@clinic.example";
        var id = await node.PromiseCodeAsync(to, "Amina Diallo");

        await node.RunRoundAsync();

        Assert.Equal((OutboxState.Sent, "250"), ((await node.ReadMessageAsync(id)).State, (await node.ReadMessageAsync(id)).LastAnswer));
        var mail = Assert.Single(await server.ReceivedByAsync(to));
        Assert.Equal("no-reply@registry.example", mail.Envelope.From.Address);
        Assert.Single(mail.Envelope.To);
        Assert.Equal("Confirm your email address", mail.Subject);
        Assert.Contains("012345", mail.Text, StringComparison.Ordinal);
        Assert.Contains("012345", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_mails_travel_in_the_order_of_their_promises()
    {
        await using var node = await MailNode.CreateAsync(Database.Sqlite, server.Settings);
        for (var number = 0; number < 20; number++)
        {
            await node.PromiseCodeAsync("many@clinic.example", $"Number {number:00}");
            node.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await node.RunRoundAsync();

        var received = await server.ReceivedByAsync("many@clinic.example");
        Assert.Equal(Enumerable.Range(0, 20), received.Select(mail => int.Parse(mail.Text.Split("Number ")[1][..2], null)).Order());
    }

    [Theory]
    [InlineData("Cardea:Messages:CertificateAuthority", "")]
    [InlineData("Cardea:Messages:Host", "127.0.0.1")]
    [Scenario("V12.1.1", "V12.3.2", "V12.3.4")]
    public async Task A_server_that_nobody_we_trust_vouches_for_gets_nothing(string key, string value)
    {
        await using var node = await MailNode.CreateAsync(Database.Sqlite, [.. server.Settings.Where(setting => setting.Key != key), .. value is "" ? [] : new[] { (key, value) }]);
        var to = $"nobody.{key.Length}@clinic.example";
        await node.PromiseCodeAsync(to);

        var round = await node.RunRoundAsync();

        Assert.Equal("The mail server's certificate is not trusted, or its TLS is too old.", round.Closed);
        Assert.Empty(await server.ReceivedByAsync(to));
    }

    [Fact, Scenario("V16.5.2")]
    public async Task Mails_that_waited_for_the_right_password_are_sent_with_it()
    {
        await using var node = await MailNode.CreateAsync(Database.Sqlite, [.. server.Settings.Where(setting => setting.Key != "Cardea:Messages:Password"), ("Cardea:Messages:Password", "wrong")]);
        await using var mended = node.AddNode(settings: server.Settings);
        var id = await node.PromiseCodeAsync("patient@clinic.example");

        Assert.Equal("The mail server refuses our user name or password.", (await node.RunRoundAsync()).Closed);
        node.Clock.Advance(TimeSpan.FromSeconds(10));
        await mended.RunRoundAsync();

        Assert.Equal(OutboxState.Sent, (await node.ReadMessageAsync(id)).State);
        Assert.Single(await server.ReceivedByAsync("patient@clinic.example"));
        Assert.DoesNotContain(node.Logs.Lines, line => line.ToString().Contains("wrong", StringComparison.Ordinal));
    }
}
