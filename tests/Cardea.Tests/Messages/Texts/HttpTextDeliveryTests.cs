using System.Text;
using Cardea.Features.Messages;
using Microsoft.Extensions.Logging;

namespace Cardea.Tests.Messages.Texts;

/// <summary>What providers of texts do on good and bad days, over real connections: nothing is lost, nothing is said to anybody else.</summary>
[Scenario("S1-04", "V16.5.2")]
public sealed class HttpTextDeliveryTests
{
    private const string Number = "+16125550123";

    [Theory, EachDatabase]
    public async Task A_text_is_handed_over_as_the_API_asks(Database database)
    {
        await using var provider = await TextProviderServer.StartAsync();
        await using var node = await MailNode.CreateAsync(database, provider.Settings);
        var id = await node.PromiseTextAsync();

        Assert.Equal(new SendingRound(1, null), await node.RunRoundAsync(MessageChannel.Text));

        var heard = Assert.Single(provider.Heard);
        Assert.Equal($"POST /2010-04-01/Accounts/{TextProviderServer.AccountSid}/Messages.json", heard.Path);
        Assert.Equal($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{TextProviderServer.AccountSid}:{TextProviderServer.AuthToken}"))}", heard.Authorization);
        Assert.Equal(["Body", "From", "To"], heard.Form.Keys.Order());
        Assert.Equal((Number, TextProviderServer.From), (heard.Form["To"], heard.Form["From"]));
        Assert.Contains("012345", heard.Form["Body"], StringComparison.Ordinal);
        var message = await node.ReadMessageAsync(id);
        Assert.Equal((OutboxState.Sent, "201", node.Clock.GetUtcNow()), (message.State, message.LastAnswer, message.HandedOverAt));
        Assert.Null(message.Payload);
        Assert.Equal("message.sent.v1", Assert.Single(await node.AuditAsync()).Name);
    }

    [Fact]
    public async Task The_provider_may_choose_among_our_numbers_and_live_below_a_path()
    {
        await using var provider = await TextProviderServer.StartAsync();
        await using var node = await MailNode.CreateAsync(
            Database.Sqlite,
            [
                .. provider.Settings.Where(setting => setting.Key is not ("Cardea:Texts:From" or "Cardea:Texts:BaseAddress")),
                ("Cardea:Texts:MessagingServiceSid", "MG0123"), ("Cardea:Texts:BaseAddress", $"{provider.Address}gateway"),
            ]);
        await node.PromiseTextAsync();

        await node.RunRoundAsync(MessageChannel.Text);

        var heard = Assert.Single(provider.Heard);
        Assert.Equal("MG0123", heard.Form["MessagingServiceSid"]);
        Assert.False(heard.Form.ContainsKey("From"));
        Assert.StartsWith("POST /gateway/2010-04-01/", heard.Path, StringComparison.Ordinal);
    }

    [Theory]
    [EachDatabase(400, 21211)]
    [EachDatabase(400, 21614)]
    [EachDatabase(400, 21610)]
    [EachDatabase(403, 21408)]
    public async Task A_number_that_gets_no_texts_is_refused_for_good(Database database, int status, int code)
    {
        await using var provider = await TextProviderServer.StartAsync();
        await using var node = await MailNode.CreateAsync(database, provider.Settings);
        var id = await node.PromiseTextAsync();
        var other = await node.PromiseTextAsync("+16515550199");
        provider.Answer = context => context.Request.Form["To"] == Number ? TextProviderServer.Error(status, code)(context) : TextProviderServer.Accepted(context);

        Assert.Equal(new SendingRound(2, null), await node.RunRoundAsync(MessageChannel.Text));

        var message = await node.ReadMessageAsync(id);
        Assert.Equal((OutboxState.Refused, $"{status} {code}"), (message.State, message.LastAnswer));
        Assert.Null(message.Payload);
        Assert.Equal(OutboxState.Sent, (await node.ReadMessageAsync(other)).State);
        Assert.Equal($"{status} {code}", Assert.Single(await node.AuditAsync(), entry => entry.Name == "message.refused.v1").Reason);
    }

    [Theory]
    [EachDatabase(21606, "400 21606")]
    [EachDatabase(null, "400")]
    public async Task Any_other_bad_request_concerns_that_text_and_is_tried_again(Database database, int? code, string kept)
    {
        await using var provider = await TextProviderServer.StartAsync();
        provider.Answer = TextProviderServer.Error(400, code);
        await using var node = await MailNode.CreateAsync(database, provider.Settings);
        var id = await node.PromiseTextAsync();

        Assert.Equal(new SendingRound(1, null), await node.RunRoundAsync(MessageChannel.Text));
        var postponed = await node.ReadMessageAsync(id);
        provider.Answer = TextProviderServer.Accepted;
        node.Clock.Advance(TimeSpan.FromSeconds(10));
        await node.RunRoundAsync(MessageChannel.Text);

        Assert.Equal((OutboxState.Waiting, kept), (postponed.State, postponed.LastAnswer));
        Assert.Equal((OutboxState.Sent, 2), ((await node.ReadMessageAsync(id)).State, provider.Heard.Count));
    }

    [Theory]
    [EachDatabase(401, "The text provider refuses our account (401).")]
    [EachDatabase(403, "The text provider refuses our account (403).")]
    [EachDatabase(404, "The text provider does not work for us (404).")]
    [EachDatabase(500, "The text provider does not work for us (500).")]
    [EachDatabase(503, "The text provider does not work for us (503).")]
    public async Task What_is_wrong_with_all_closes_the_way_and_nothing_is_lost(Database database, int status, string sentence)
    {
        await using var provider = await TextProviderServer.StartAsync();
        provider.Answer = TextProviderServer.Error(status, 20003);
        await using var node = await MailNode.CreateAsync(database, provider.Settings);
        var first = await node.PromiseTextAsync();
        var second = await node.PromiseTextAsync("+16515550199");

        Assert.Equal(new SendingRound(1, sentence), await node.RunRoundAsync(MessageChannel.Text));
        provider.Answer = TextProviderServer.Accepted;
        node.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(new SendingRound(2, null), await node.RunRoundAsync(MessageChannel.Text));

        Assert.Equal((OutboxState.Sent, OutboxState.Sent), ((await node.ReadMessageAsync(first)).State, (await node.ReadMessageAsync(second)).State));
        Assert.Equal(3, provider.Heard.Count);
    }

    [Theory]
    [InlineData("25", 25)]
    [InlineData("Mon, 02 Mar 2026 14:00:25 GMT", 25)]
    [InlineData("86400", 3600)]
    [InlineData(null, 10)]
    public async Task A_provider_that_asks_us_to_wait_is_not_asked_again_before(string? retryAfter, int seconds)
    {
        await using var provider = await TextProviderServer.StartAsync();
        provider.Answer = TextProviderServer.Error(429, 20429, retryAfter);
        await using var node = await MailNode.CreateAsync(Database.Sqlite, provider.Settings);
        await node.PromiseAsync(node.CodeText() with { ValidUntil = node.Clock.GetUtcNow().AddDays(2) });

        Assert.Equal("The text provider has asked us to wait.", (await node.RunRoundAsync(MessageChannel.Text)).Closed);
        provider.Answer = TextProviderServer.Accepted;
        node.Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        await node.PromiseTextAsync("+16515550199");
        Assert.Equal("The text provider has asked us to wait.", (await node.RunRoundAsync(MessageChannel.Text)).Closed);
        Assert.Single(provider.Heard);
        node.Clock.Advance(TimeSpan.FromSeconds(1));
        await node.PromiseTextAsync("+16515550198");
        await node.RunRoundAsync(MessageChannel.Text);

        Assert.True(provider.Heard.Count > 1);
    }

    [Theory]
    [EachDatabase(301)]
    [EachDatabase(302)]
    [EachDatabase(307)]
    [Scenario("V15.3.2")]
    public async Task Nobody_else_is_told_where_the_provider_points_to(Database database, int status)
    {
        await using var provider = await TextProviderServer.StartAsync();
        provider.Answer = TextProviderServer.Redirect(status);
        await using var node = await MailNode.CreateAsync(database, provider.Settings);
        await node.PromiseTextAsync();

        Assert.Equal($"The text provider does not work for us ({status}).", (await node.RunRoundAsync(MessageChannel.Text)).Closed);

        Assert.Single(provider.Heard);
    }

    [Theory]
    [EachDatabase(false)]
    [EachDatabase(true)]
    public async Task A_provider_that_falls_silent_is_left_after_a_quarter_of_a_minute(Database database, bool afterHeaders)
    {
        await using var provider = await TextProviderServer.StartAsync();
        provider.Answer = afterHeaders ? provider.SilenceAfterHeaders : provider.Silence;
        await using var node = await MailNode.CreateAsync(database, provider.Settings);
        var id = await node.PromiseTextAsync();

        var round = node.RunRoundAsync(MessageChannel.Text);
        await provider.WhenSilentAsync();
        node.Clock.Advance(TimeSpan.FromSeconds(14));
        Assert.False(round.IsCompleted);
        node.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("The text provider does not answer in time.", (await round).Closed);
        Assert.Equal(OutboxState.Waiting, (await node.ReadMessageAsync(id)).State);
    }

    [Fact]
    public async Task A_broken_connection_closes_the_way()
    {
        await using var provider = await TextProviderServer.StartAsync();
        provider.Answer = TextProviderServer.HangUp;
        await using var node = await MailNode.CreateAsync(Database.Sqlite, provider.Settings);
        await node.PromiseTextAsync();

        Assert.Equal("The connection to the text provider broke.", (await node.RunRoundAsync(MessageChannel.Text)).Closed);

        Assert.Single(provider.Heard);   // a text whose answer is lost may have been taken: the next try is the outbox's
    }

    [Fact]
    public async Task A_provider_that_is_away_is_told_of_as_such()
    {
        var provider = await TextProviderServer.StartAsync();
        await using var node = await MailNode.CreateAsync(Database.Sqlite, provider.Settings);
        await provider.DisposeAsync();
        await node.PromiseTextAsync();

        Assert.Equal("The text provider cannot be reached (ConnectionRefused).", (await node.RunRoundAsync(MessageChannel.Text)).Closed);
    }

    [Theory]
    [InlineData(400, "The connection to the text provider broke.")]
    [InlineData(429, "The connection to the text provider broke.")]
    [InlineData(201, null)]
    [Scenario("A-17")]
    public async Task An_answer_without_end_is_read_no_further_than_its_code_could_be(int status, string? trouble)
    {
        await using var provider = await TextProviderServer.StartAsync();
        provider.Answer = TextProviderServer.Endless(status);
        await using var node = await MailNode.CreateAsync(Database.Sqlite, provider.Settings);
        await node.PromiseTextAsync();

        Assert.Equal(new SendingRound(1, trouble), await node.RunRoundAsync(MessageChannel.Text));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"code\":\"21211\"}")]
    [InlineData("{\"code\":21211.5}")]
    [InlineData("{\"code\":99999999999}")]
    [InlineData("{\"message\":\"21211\"}")]
    [InlineData("<html>21211</html>")]
    [InlineData("")]
    public async Task What_is_no_code_is_none(string body)
    {
        await using var provider = await TextProviderServer.StartAsync();
        provider.Answer = async context =>
        {
            context.Response.StatusCode = 400;
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
        };
        await using var node = await MailNode.CreateAsync(Database.Sqlite, provider.Settings);
        var id = await node.PromiseTextAsync();

        await node.RunRoundAsync(MessageChannel.Text);

        Assert.Equal((OutboxState.Waiting, "400"), ((await node.ReadMessageAsync(id)).State, (await node.ReadMessageAsync(id)).LastAnswer));
    }

    [Fact, Scenario("V12.2.1", "V12.3.1", "V12.3.2")]
    public async Task A_provider_that_nobody_we_trust_vouches_for_is_told_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("cardea-certificates-");
        TestCertificates.WriteTo(folder);
        using var certificate = TestCertificates.ReadFrom(folder);
        await using var provider = await TextProviderServer.StartAsync(certificate);
        await using var node = await MailNode.CreateAsync(Database.Sqlite, provider.Settings);
        await node.PromiseTextAsync();

        Assert.Equal("The text provider's certificate is not trusted, or its TLS is too old.", (await node.RunRoundAsync(MessageChannel.Text)).Closed);

        Assert.Empty(provider.Heard);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_provider_that_has_failed_several_times_is_left_alone_for_half_a_minute()
    {
        await using var provider = await TextProviderServer.StartAsync();
        provider.Answer = TextProviderServer.Error(500);
        await using var node = await MailNode.CreateAsync(Database.Sqlite, provider.Settings);
        for (var number = 0; number < 6; number++)
        {
            await node.PromiseTextAsync();
            await node.RunRoundAsync(MessageChannel.Text);
        }

        Assert.Equal(5, provider.Heard.Count);
        await node.PromiseTextAsync();
        Assert.Equal("The text provider has failed several times; it is left alone for a while.", (await node.RunRoundAsync(MessageChannel.Text)).Closed);
        provider.Answer = TextProviderServer.Accepted;
        node.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(new SendingRound(7, null), await node.RunRoundAsync(MessageChannel.Text));

        Assert.Equal(12, provider.Heard.Count);
    }

    [Theory]
    [EachDatabase("+12425550123")]
    [EachDatabase("+18005550123")]
    [EachDatabase("6125550123")]
    [EachDatabase("+16125550123&To=+19005550123")]
    [EachDatabase("")]
    [Scenario("A-20", "A-11")]
    public async Task What_is_no_number_of_ours_reaches_no_provider(Database database, string to)
    {
        await using var provider = await TextProviderServer.StartAsync();
        await using var node = await MailNode.CreateAsync(database, provider.Settings);
        var id = await node.PromiseTextAsync(to);

        await node.RunRoundAsync(MessageChannel.Text);

        var message = await node.ReadMessageAsync(id);
        Assert.Equal((OutboxState.Refused, "The number is none that texts may be sent to."), (message.State, message.LastAnswer));
        Assert.Empty(provider.Heard);
    }

    [Fact, Scenario("V16.2.5")]
    public async Task No_log_line_holds_a_number_a_code_or_our_secrets()
    {
        await using var provider = await TextProviderServer.StartAsync();
        await using var node = await MailNode.CreateAsync(Database.Sqlite, provider.Settings);
        await using var sending = node.AddNode(
            settings: provider.Settings, change: services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace)));
        foreach (var answer in new[]
        {
            TextProviderServer.Accepted, TextProviderServer.Error(400, 21211), TextProviderServer.Error(400, 21606), TextProviderServer.Error(401, 20003),
            TextProviderServer.Error(500), TextProviderServer.HangUp,
        })
        {
            provider.Answer = answer;
            await node.PromiseTextAsync();
            await sending.RunRoundAsync(MessageChannel.Text);
        }

        Assert.NotEmpty(sending.Logs.Lines);
        Assert.All(sending.Logs.Lines.Where(line => !line.Category.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)), line =>
        {
            Assert.DoesNotContain("6125550123", line.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("012345", line.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(TextProviderServer.AuthToken, line.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(TextProviderServer.AccountSid, line.ToString(), StringComparison.Ordinal);
        });
        var answers = await node.ReadAsync(db => db.OutboxMessages.Select(message => message.LastAnswer).ToListAsync());
        Assert.DoesNotContain(answers, answer => answer!.Contains("6125550123", StringComparison.Ordinal));
    }
}
