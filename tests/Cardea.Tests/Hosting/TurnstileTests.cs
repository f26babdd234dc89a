using System.Net;
using Cardea.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Cardea.Tests.Hosting;

/// <summary>A crowd at the sign-in page waits for its turn; nobody else does.</summary>
[Scenario("A-17", "V15.2.2")]
public sealed class TurnstileTests
{
    private static readonly int Turns = Environment.ProcessorCount;

    [ThreadStatic]
    private static bool s_isArriving;

    private readonly FakeTimeProvider _clock = new();

    /// <summary>Two threads would otherwise make page after page for the crowd, in the order of arrival, before they looked at anybody else.</summary>
    [Fact]
    public async Task Nobody_goes_on_in_the_thread_that_took_them_in_even_if_nobody_waits()
    {
        using var turnstile = new Turnstile(_clock);
        var wentOn = new TaskCompletionSource<bool>();

        s_isArriving = true;
        var passing = turnstile.InvokeAsync(Arrival(), _ => { wentOn.SetResult(s_isArriving); return Task.CompletedTask; });
        s_isArriving = false;

        Assert.False(await wentOn.Task);
        await passing;
    }

    [Fact]
    public async Task As_many_of_a_crowd_go_on_as_there_are_cores_and_each_that_leaves_lets_one_in()
    {
        using var turnstile = new Turnstile(_clock);
        var leave = new TaskCompletionSource();
        var inside = Enumerable.Range(0, Turns).Select(_ => turnstile.InvokeAsync(Arrival(), _ => leave.Task)).ToList();
        var (late, lateIsIn) = (Arrival(), new TaskCompletionSource());

        var waiting = turnstile.InvokeAsync(late, _ => Enter(lateIsIn));
        Assert.False(lateIsIn.Task.IsCompleted);

        leave.SetResult();
        await waiting;
        Assert.True(lateIsIn.Task.IsCompleted);
        await Task.WhenAll(inside);
    }

    [Fact]
    public async Task Whoever_waits_for_something_else_passes_their_turn_on_and_only_once()
    {
        using var turnstile = new Turnstile(_clock);
        var leave = new TaskCompletionSource();
        var contexts = Enumerable.Range(0, Turns).Select(_ => Arrival()).ToList();
        var entered = contexts.ToDictionary(context => context, _ => new TaskCompletionSource());
        var inside = contexts.Select(context => turnstile.InvokeAsync(context, _ => { entered[context].SetResult(); return leave.Task; })).ToList();
        await Task.WhenAll(entered.Values.Select(door => door.Task));
        var (next, afterNext) = (new TaskCompletionSource(), new TaskCompletionSource());
        var second = turnstile.InvokeAsync(Arrival(), async _ => { next.SetResult(); await leave.Task; });
        var third = turnstile.InvokeAsync(Arrival(), _ => Enter(afterNext));

        var turn = contexts[0].Features.Get<Turn>()!;
        turn.Pass();
        turn.Pass();
        await next.Task;
        Assert.False(afterNext.Task.IsCompleted);

        leave.SetResult();
        await Task.WhenAll([.. inside, second, third]);
        Assert.True(afterNext.Task.IsCompleted);
    }

    [Fact]
    public async Task A_visitor_who_goes_away_waits_no_longer_and_takes_no_turn()
    {
        using var turnstile = new Turnstile(_clock);
        var leave = new TaskCompletionSource();
        var inside = Enumerable.Range(0, Turns).Select(_ => turnstile.InvokeAsync(Arrival(), _ => leave.Task)).ToList();
        using var gone = new CancellationTokenSource();
        var context = Arrival();
        context.RequestAborted = gone.Token;
        var waiting = turnstile.InvokeAsync(context, _ => throw new InvalidOperationException("Nobody is there."));

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        leave.SetResult();
        await Task.WhenAll(inside);
        await Task.WhenAll(Enumerable.Range(0, Turns).Select(_ => turnstile.InvokeAsync(Arrival(), _ => Task.CompletedTask)));
    }

    /// <summary>As when the database keeps everybody waiting who was let in: the others are answered all the same.</summary>
    [Fact]
    public async Task Whoever_would_wait_too_long_is_turned_away()
    {
        using var turnstile = new Turnstile(_clock);
        var database = new TaskCompletionSource();
        var inside = Enumerable.Range(0, Turns).Select(_ => turnstile.InvokeAsync(Arrival(), _ => database.Task)).ToList();
        var outside = Arrival();

        var waiting = turnstile.InvokeAsync(outside, _ => Task.CompletedTask);
        _clock.Advance(Turnstile.LongestWait - TimeSpan.FromSeconds(1));
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await waiting;

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, outside.Response.StatusCode);
        Assert.Equal("5", outside.Response.Headers.RetryAfter);
        database.SetResult();
        await Task.WhenAll(inside);
        var later = Arrival();
        await turnstile.InvokeAsync(later, _ => Task.CompletedTask);
        Assert.Equal(StatusCodes.Status200OK, later.Response.StatusCode);
    }

    /// <summary>In the running product: the sign-in page is the one at which crowds arrive, and every other page is open meanwhile.</summary>
    [Fact]
    public async Task While_a_crowd_holds_every_turn_the_sign_in_page_waits_and_help_does_not()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite);
        using var visitor = app.OpenBrowser();
        using var late = app.OpenBrowser();
        await visitor.OpenAsync("/help");   // what is read once and kept is there
        var turnstile = app.Services.GetRequiredService<Turnstile>();
        var leave = new TaskCompletionSource();
        var inside = Enumerable.Range(0, Turns).Select(_ => turnstile.InvokeAsync(Arrival(), _ => leave.Task)).ToList();

        var waiting = late.OpenAsync("/sign-in");
        await visitor.OpenAsync("/help");
        await visitor.OpenAsync("/guidance");
        Assert.Equal((HttpStatusCode.OK, false), (visitor.Status, waiting.IsCompleted));

        leave.SetResult();
        await waiting;
        Assert.Equal((HttpStatusCode.OK, "/sign-in"), (late.Status, late.Url));
        await Task.WhenAll(inside);
    }

    private static DefaultHttpContext Arrival()
    {
        var context = new DefaultHttpContext();
        context.SetEndpoint(new(_ => Task.CompletedTask, new(new ArrivesInCrowdsAttribute()), "sign-in"));
        return context;
    }

    private static Task Enter(TaskCompletionSource door)
    {
        door.SetResult();
        return Task.CompletedTask;
    }
}
