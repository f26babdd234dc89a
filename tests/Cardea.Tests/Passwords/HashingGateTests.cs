using Cardea.Features.Passwords;

namespace Cardea.Tests.Passwords;

[Scenario("A-17", "V15.2.2", "S0-04")]
public sealed class HashingGateTests
{
    [Fact]
    public async Task There_are_as_many_places_as_the_settings_say_and_a_left_one_is_free_again()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite, ("Cardea:Hashing:LongestQueue", "2"));
        var gate = app.Services.GetRequiredService<HashingGate>();

        var first = gate.TryEnter();
        using var second = gate.TryEnter();
        Assert.Null(gate.TryEnter());

        first!.Dispose();
        first.Dispose();   // leaving twice frees one place
        using var third = gate.TryEnter();
        Assert.NotNull(third);
        Assert.Null(gate.TryEnter());
    }

    /// <summary>One hash a hundredth of a second, until one was measured: a second has room for a hundred.</summary>
    [Fact]
    public async Task Whoever_would_wait_too_long_is_turned_away_at_once()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite, ("Cardea:Hashing:Workers", "1"), ("Cardea:Hashing:LongestWait", "00:00:01"));
        var gate = app.Services.GetRequiredService<HashingGate>();

        var admitted = new List<HashingPlace>();
        while (gate.TryEnter() is { } place)
        {
            admitted.Add(place);
        }

        Assert.InRange(admitted.Count, 99, 100);
        Assert.Null(gate.TryEnter());
        admitted[0].Dispose();
        using var next = gate.TryEnter();
        Assert.NotNull(next);
    }

    /// <summary>However many ask at once, no more hashes run than there are workers: memory and cores are spoken for.</summary>
    [Fact]
    public async Task Every_admitted_request_gets_its_own_answer()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite, ("Cardea:Hashing:Workers", "1"), ("Cardea:Hashing:LongestWait", "00:00:30"));
        var gate = app.Services.GetRequiredService<HashingGate>();
        var stored = await HashAsync("right");

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            using var place = gate.TryEnter()!;
            return (await place.VerifyAsync(number % 2 == 0 ? "right" : "wrong", stored)).Matches;
        }));

        Assert.Equal(Enumerable.Range(0, 20).Select(number => number % 2 == 0), verdicts);

        async Task<string> HashAsync(string secret)
        {
            using var place = gate.TryEnter()!;
            return await place.HashAsync(secret);
        }
    }

    [Fact]
    public async Task A_hash_that_cannot_be_read_fails_its_own_request_and_nobody_elses()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite, ("Cardea:Hashing:Workers", "1"));
        var gate = app.Services.GetRequiredService<HashingGate>();
        using var place = gate.TryEnter()!;

        await Assert.ThrowsAsync<FormatException>(() => place.VerifyAsync("x", "nonsense"));

        Assert.False((await place.VerifyNobodyAsync("x")).Matches);
    }

    [Theory]
    [InlineData("MemoryKiB", "19455")]
    [InlineData("Passes", "1")]
    [InlineData("Iterations", "219999")]
    [Scenario("V11.4.2", "F-04")]
    public async Task A_cost_below_the_floor_stops_the_start(string setting, string value) =>
        await Assert.ThrowsAnyAsync<Exception>(() => CardeaApp.StartAsync(Database.Sqlite, ($"Cardea:Hashing:{setting}", value)));
}
