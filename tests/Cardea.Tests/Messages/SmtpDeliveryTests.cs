using Cardea.Features.Messages;

namespace Cardea.Tests.Messages;

/// <summary>What mail servers do on bad days, over real sockets: nothing is lost, nothing is sent in the clear.</summary>
[Scenario("V16.5.2")]
public sealed class SmtpDeliveryTests
{
    [Theory]
    [EachDatabase("RCPT", "451 4.7.1 Greylisted, amina@clinic.example must wait", "451 4.7.1")]
    [EachDatabase("RCPT", "452 Too many for amina@clinic.example", "452")]
    [EachDatabase("DATA", "451 4.3.0 Try later", "451 4.3.0")]
    [EachDatabase(ScriptedMailServer.Message, "452 4.2.2 <amina@clinic.example> is full", "452 4.2.2")]
    public async Task What_a_server_does_not_take_for_now_is_sent_later(Database database, string command, string says, string kept)
    {
        await using var server = new ScriptedMailServer(new Dictionary<string, string> { [command] = says });
        await using var node = await MailNode.CreateAsync(database, server.Settings);
        var id = await node.PromiseCodeAsync();

        await node.RunRoundAsync();
        var postponed = await node.ReadMessageAsync(id);
        server.Script = new Dictionary<string, string>();
        node.Clock.Advance(TimeSpan.FromSeconds(10));
        await node.RunRoundAsync();

        Assert.Equal((OutboxState.Waiting, kept), (postponed.State, postponed.LastAnswer));
        Assert.Equal((OutboxState.Sent, 2), ((await node.ReadMessageAsync(id)).State, (await node.ReadMessageAsync(id)).Attempts));
    }

    [Theory]
    [EachDatabase("RCPT", "550 5.1.1 <amina@clinic.example>: no such mailbox", "550 5.1.1")]
    [EachDatabase("RCPT", "553 amina@clinic.example is not here", "553")]
    [EachDatabase("DATA", "554 5.5.1 No valid recipients", "554 5.5.1")]
    [EachDatabase(ScriptedMailServer.Message, "552 5.3.4 Too big", "552 5.3.4")]
    [Scenario("V14.2.7")]
    public async Task What_a_server_refuses_for_good_is_wiped_and_not_tried_again(Database database, string command, string says, string kept)
    {
        await using var server = new ScriptedMailServer(new Dictionary<string, string> { [command] = says });
        await using var node = await MailNode.CreateAsync(database, server.Settings);
        var refused = await node.PromiseCodeAsync();
        await node.RunRoundAsync();
        server.Script = new Dictionary<string, string>();
        node.Clock.Advance(TimeSpan.FromSeconds(1));
        var next = await node.PromiseCodeAsync();
        await node.RunRoundAsync();

        var message = await node.ReadMessageAsync(refused);
        Assert.Equal((OutboxState.Refused, kept, null), (message.State, message.LastAnswer, message.HandedOverAt));
        Assert.Null(message.Payload);
        Assert.Equal(OutboxState.Sent, (await node.ReadMessageAsync(next)).State);
        var audit = await node.AuditAsync();
        Assert.Equal(["message.refused.v1", "message.sent.v1"], audit.Select(entry => entry.Name));
        Assert.Equal(kept, audit[0].Reason);
        Assert.DoesNotContain(node.Logs.Lines, line => line.Text.Contains("amina", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(node.Logs.Lines, line => line.Text == $"Message {refused} (email-code) is refused for good: {kept}");
    }

    /// <summary>Our own address or account is at fault, or the server itself: the operator can mend that, so no message is given up for it.</summary>
    [Theory]
    [EachDatabase(ScriptedMailServer.Greeting, "421 4.3.2 Going down", "The mail server does not work for us (421 4.3.2).")]
    [EachDatabase(ScriptedMailServer.Greeting, "554 Not for you", "The mail server does not work for us (554).")]
    [EachDatabase("MAIL", "553 5.7.1 Sender not allowed", "The mail server does not work for us (553 5.7.1).")]
    [EachDatabase("MAIL", "530 5.7.0 Authentication required", "The mail server wants a user name and a password.")]
    [EachDatabase("MAIL", "421 4.3.2 Going down", "The mail server does not work for us (421 4.3.2).")]
    [EachDatabase("RCPT", ScriptedMailServer.HangUp, "The connection to the mail server broke.")]
    [EachDatabase(ScriptedMailServer.Message, ScriptedMailServer.HangUp, "The connection to the mail server broke.")]
    [EachDatabase(ScriptedMailServer.Greeting, "HTTP/1.1 400 Bad Request", "The connection to the mail server broke.")]
    public async Task A_server_that_does_not_work_stops_the_round_and_gets_everything_later(Database database, string command, string says, string sentence)
    {
        await using var server = new ScriptedMailServer(new Dictionary<string, string> { [command] = says });
        await using var node = await MailNode.CreateAsync(database, server.Settings);
        await node.PromiseCodeAsync(to: "amina@clinic.example");
        await node.PromiseCodeAsync(to: "bintou@clinic.example");

        var stopped = await node.RunRoundAsync();
        server.Script = new Dictionary<string, string>();
        node.Clock.Advance(TimeSpan.FromSeconds(10));
        var done = await node.RunRoundAsync();

        Assert.Equal(new SendingRound(1, sentence), stopped);
        Assert.Equal(new SendingRound(2, null), done);
        Assert.Equal(2, server.Messages - (command is ScriptedMailServer.Message ? 1 : 0));
    }

    [Theory, EachDatabase]
    public async Task A_server_that_is_not_there_gets_everything_when_it_is(Database database)
    {
        var gone = new ScriptedMailServer();
        await gone.DisposeAsync();
        await using var node = await MailNode.CreateAsync(database, gone.Settings);
        var id = await node.PromiseCodeAsync();

        var stopped = await node.RunRoundAsync();
        await using var server = new ScriptedMailServer(port: gone.Port);
        node.Clock.Advance(TimeSpan.FromSeconds(10));
        await node.RunRoundAsync();

        Assert.Equal("The mail server cannot be reached (ConnectionRefused).", stopped.Closed);
        Assert.Equal(OutboxState.Sent, (await node.ReadMessageAsync(id)).State);
        Assert.Equal(1, server.Messages);
    }

    [Theory]
    [EachDatabase(ScriptedMailServer.Greeting)]
    [EachDatabase("EHLO")]
    [EachDatabase("RCPT")]
    [EachDatabase(ScriptedMailServer.Message)]
    public async Task A_server_that_falls_silent_is_left_after_half_a_minute(Database database, string command)
    {
        await using var server = new ScriptedMailServer(new Dictionary<string, string> { [command] = ScriptedMailServer.Silence });
        await using var node = await MailNode.CreateAsync(database, server.Settings);
        var id = await node.PromiseCodeAsync();

        var round = node.RunRoundAsync();
        await server.WhenSilentAsync();
        node.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(round.IsCompleted);
        node.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("The mail server does not answer in time.", (await round).Closed);
        Assert.Equal(OutboxState.Waiting, (await node.ReadMessageAsync(id)).State);
    }

    [Fact, Scenario("V12.2.1", "V12.3.1")]
    public async Task Nothing_is_said_to_a_server_that_offers_no_encryption()
    {
        await using var server = new ScriptedMailServer();
        await using var node = await MailNode.CreateAsync(Database.Sqlite, [.. server.Settings.Where(NotEncryption)]);
        var id = await node.PromiseCodeAsync();

        var round = await node.RunRoundAsync();

        Assert.Equal("The SMTP server does not support the STARTTLS extension.", round.Closed);
        Assert.Equal(OutboxState.Waiting, (await node.ReadMessageAsync(id)).State);
        Assert.All(server.Heard, line => Assert.True(line.StartsWith("EHLO", StringComparison.Ordinal) || line == "QUIT", line));
    }

    [Fact, Scenario("V12.2.1", "V12.3.1")]
    public async Task Nothing_is_said_to_a_server_that_promises_encryption_and_does_not_keep_it()
    {
        await using var server = new ScriptedMailServer(new Dictionary<string, string>
        {
            ["EHLO"] = "250-mail.example\r\n250 STARTTLS",
            ["STARTTLS"] = "454 4.7.0 Not today",
        });
        await using var node = await MailNode.CreateAsync(Database.Sqlite, [.. server.Settings.Where(NotEncryption)]);
        await node.PromiseCodeAsync();

        Assert.NotNull((await node.RunRoundAsync()).Closed);

        Assert.DoesNotContain(server.Heard, line => line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("localhost", null)]
    [InlineData("127.0.0.1", "The mail server's certificate is not trusted, or its TLS is too old.")]
    [Scenario("V12.1.1", "V12.3.1", "V12.3.4")]
    public async Task A_mail_waits_for_encryption_with_the_server_of_that_name(string host, string? trouble)
    {
        var folder = Directory.CreateTempSubdirectory("cardea-certificates-");
        TestCertificates.WriteTo(folder);
        using var certificate = TestCertificates.ReadFrom(folder);
        await using var server = new ScriptedMailServer(certificate: certificate);
        await using var node = await MailNode.CreateAsync(
            Database.Sqlite,
            ("Cardea:Messages:Transport", "Smtp"), ("Cardea:Messages:Host", host), ("Cardea:Messages:Port", $"{server.Port}"),
            ("Cardea:Messages:From", "no-reply@registry.example"),
            ("Cardea:Messages:CertificateAuthority", Path.Combine(folder.FullName, TestCertificates.Authority)));
        await node.PromiseCodeAsync();

        var round = await node.RunRoundAsync();

        Assert.Equal(trouble, round.Closed);
        var inTheClear = server.Heard.TakeWhile(line => line != ScriptedMailServer.Encrypted).ToList();
        Assert.Equal(["EHLO", "STARTTLS"], inTheClear.Select(line => line.Split(' ')[0]));
        Assert.Equal(trouble is null ? 1 : 0, server.Messages);
        folder.Delete(recursive: true);
    }

    [Theory, EachDatabase]
    public async Task Pauses_grow_and_end_when_the_message_means_nothing_any_more(Database database)
    {
        await using var server = new ScriptedMailServer(new Dictionary<string, string> { ["RCPT"] = "451 Later" });
        await using var node = await MailNode.CreateAsync(database, server.Settings);
        var promisedAt = node.Clock.GetUtcNow();
        var id = await node.PromiseAsync(new Cardea.Features.SignIn.AccountLockedMail(null, "amina@clinic.example", "Amina Diallo", null, promisedAt));

        var pauses = new List<TimeSpan>();
        while (await node.ReadMessageAsync(id) is { State: OutboxState.Waiting } waiting)
        {
            pauses.Add(waiting.NextAttemptAt - node.Clock.GetUtcNow());
            node.Clock.Advance(pauses[^1]);
            await node.RunRoundAsync();
        }

        Assert.Equal(
            [
                TimeSpan.Zero, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10),
                TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(1),
            ],
            pauses.Take(8));
        Assert.Equal(promisedAt.AddDays(1), node.Clock.GetUtcNow());
        var message = await node.ReadMessageAsync(id);
        Assert.Equal((OutboxState.Useless, "451"), (message.State, message.LastAnswer));
        Assert.Null(message.Payload);
        Assert.Single(node.Logs.Lines, line => line.Text.Contains("is tried again", StringComparison.Ordinal));
    }

    private static bool NotEncryption((string Key, string Value) setting) => setting.Key != "Cardea:Messages:Encryption";
}
