using Cardea.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Cardea.Tests.Hosting;

public sealed class TurnstileTests
{
    /// <summary>As when the database keeps everybody waiting who was let in: the others are answered all the same.</summary>
    [Fact]
    public async Task Whoever_would_wait_too_long_is_turned_away()
    {
        var clock = new FakeTimeProvider();
        using var turnstile = new Turnstile(clock);
        var database = new TaskCompletionSource();
        var inside = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => turnstile.InvokeAsync(Arrival(), _ => database.Task)).ToList();
        var outside = Arrival();

        var waiting = turnstile.InvokeAsync(outside, _ => Task.CompletedTask);
        clock.Advance(Turnstile.LongestWait - TimeSpan.FromSeconds(1));
        Assert.False(waiting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        await waiting;

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, outside.Response.StatusCode);
        database.SetResult();
        await Task.WhenAll(inside);
        var later = Arrival();
        await turnstile.InvokeAsync(later, _ => Task.CompletedTask);
        Assert.Equal(StatusCodes.Status200OK, later.Response.StatusCode);
    }

    private static DefaultHttpContext Arrival()
    {
        var context = new DefaultHttpContext();
        context.SetEndpoint(new(requestDelegate: null, new(new ArrivesInCrowdsAttribute()), displayName: null));
        return context;
    }
}
