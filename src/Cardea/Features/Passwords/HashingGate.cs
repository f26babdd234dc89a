using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using Cardea.Hosting;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Passwords;

/// <summary>
/// The only way to a slow hash in a running server. At most one hash a core at a time, on threads of its own and of lower priority, so that a
/// Monday morning of sign-ins never delays the page of somebody who is already in; a bounded queue before it, and past that a quick no.
/// </summary>
public sealed partial class HashingGate : IDisposable
{
    private readonly PasswordHashes _hashes;
    private readonly HashingSettings _settings;
    private readonly int _workers;
    private readonly BlockingCollection<Action> _queue = [];
    private readonly Histogram<double> _durations;
    private int _inside;
    private double _averageSeconds = 0.010;

    public HashingGate(PasswordHashes hashes, IOptions<HashingSettings> settings, IMeterFactory meters)
    {
        _hashes = hashes;
        _settings = settings.Value;
        _workers = _settings.Workers > 0 ? _settings.Workers : Environment.ProcessorCount;

        var meter = meters.Create(Telemetry.Name);
        _durations = meter.CreateHistogram<double>("cardea.hash.duration", "s", "Time one password hash took.");
        meter.CreateObservableGauge("cardea.hash.queue", () => _inside, "{request}", "Requests that wait for a hash or compute one.");

        foreach (var number in Enumerable.Range(1, _workers))
        {
            new Thread(Work) { IsBackground = true, Name = $"hashing {number}" }.Start();
        }
    }

    /// <summary>A place in the queue, or null when the wait would be too long. Ask before anything is counted: a 503 costs nobody a try.</summary>
    public HashingPlace? TryEnter()
    {
        var inside = Interlocked.Increment(ref _inside);
        if (inside <= _settings.LongestQueue && inside * Volatile.Read(ref _averageSeconds) / _workers <= _settings.LongestWait.TotalSeconds)
        {
            return new(this);
        }

        Interlocked.Decrement(ref _inside);
        return null;
    }

    public void Dispose() => _queue.CompleteAdding();

    internal void Leave() => Interlocked.Decrement(ref _inside);

    internal Task<T> RunAsync<T>(Func<PasswordHashes, T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);   // never go on on a hashing thread
        _queue.Add(() =>
        {
            var began = Stopwatch.GetTimestamp();
            try
            {
                var result = work(_hashes);
                Note(Stopwatch.GetElapsedTime(began).TotalSeconds);   // before the answer can be on its way: the metric never lags behind
                done.SetResult(result);
            }
            catch (Exception problem)
            {
                done.SetException(problem);
            }
        });
        return done.Task;
    }

    private void Note(double seconds)
    {
        _durations.Record(seconds);
        Volatile.Write(ref _averageSeconds, (_averageSeconds * 0.9) + (seconds * 0.1));   // a lost update shifts an estimate a little
    }

    private void Work()
    {
        BeNice();
        foreach (var job in _queue.GetConsumingEnumerable())
        {
            job();
        }
    }

    /// <summary>.NET does not set thread priorities on Linux; the kernel takes a nice value per thread, and nobody needs rights to lower their own.</summary>
    private static void BeNice()
    {
        const int ProcessOrThread = 0;
        const uint CallingThread = 0;
        const int Niceness = 5;   // a third of the weight of what answers people; at 10, other programs on the machine would starve sign-ins
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(ProcessOrThread, CallingThread, Niceness);   // refused only in odd sandboxes; then hashing is just less polite
        }
        else
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);
}

/// <summary>One admitted request's place at the gate; disposed when it has what it came for.</summary>
public sealed class HashingPlace(HashingGate gate) : IDisposable
{
    private int _left;

    public Task<HashVerdict> VerifyAsync(string secret, string stored) => gate.RunAsync(hashes => hashes.Verify(secret, stored));

    /// <summary>Takes as long as a real comparison and never matches.</summary>
    public Task<HashVerdict> VerifyNobodyAsync(string secret) => gate.RunAsync(hashes => hashes.Verify(secret, hashes.Nobody) with { Matches = false });

    public Task<string> HashAsync(string secret) => gate.RunAsync(hashes => hashes.Hash(secret));

    /// <summary>One after the other, each with a turn of its own, so that nobody waits behind a whole set.</summary>
    public async Task<IReadOnlyList<string>> HashAllAsync(IReadOnlyList<string> secrets)
    {
        var hashes = new List<string>();
        foreach (var secret in secrets)
        {
            hashes.Add(await HashAsync(secret));
        }

        return hashes;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
        {
            gate.Leave();
        }
    }
}
