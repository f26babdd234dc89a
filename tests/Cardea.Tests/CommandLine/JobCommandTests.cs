using Cardea.Features.Lifecycle;
using Cardea.Tests.Lifecycle;

namespace Cardea.Tests.CommandLine;

/// <summary>What the server does every hour, for those who cannot wait for it.</summary>
public sealed class JobCommandTests
{
    [Theory, EachDatabase]
    public async Task It_does_all_of_it_and_says_how_long_each_took(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync();
        await MakeDueAsync(app);

        var ran = await app.CommandAsync("jobs", "run");
        await app.CommandAsync("jobs", "run");

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        var lines = ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches("^Job +Seconds$", lines[0]);
        Assert.Equal(
            ["end-unconfirmed-access", "forget-old-things", "forget-text-counts", "inactivate-accounts", "remind-of-agreements", "send-notices"], lines[1..].Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal));
        Assert.Equal(1, await app.PromisedAsync<BecomesInactiveMail>(amina));
        Assert.Equal("CommandLine", Assert.Single(await app.AuditAsync(), entry => entry.Name == "account.notice_given.v1").ActorKind.ToString());
    }

    [Fact]
    public async Task One_of_them_may_be_named()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite);
        var amina = await app.AddPersonAsync();
        await MakeDueAsync(app);

        var other = await app.CommandAsync("jobs", "run", "--name", "forget-old-things");
        Assert.Equal((0, 0), (other.ExitCode, await app.PromisedAsync<BecomesInactiveMail>(amina)));
        var unknown = await app.CommandAsync("jobs", "run", "--name", "send-flowers");

        Assert.Equal(1, unknown.ExitCode);
        Assert.Equal(
            ["There is no job \"send-flowers\": choose one of remind-of-agreements, end-unconfirmed-access, send-notices, inactivate-accounts, forget-old-things, forget-text-counts."],
            unknown.Problems.Select(problem => problem.TrimEnd()));
    }

    /// <summary>By the clock of the machine, which a command goes by.</summary>
    private static Task MakeDueAsync(CardeaApp app)
    {
        var longAgo = TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(85);
        return app.WriteAsync(db => db.AccountActivity.ExecuteUpdateAsync(set => set.SetProperty(a => a.IdleSince, longAgo)));
    }
}
