using System.Diagnostics.Metrics;

namespace Cardea.Tests.Infrastructure;

/// <summary>Counts the password hashes that one app computes while this lives, by the product's own metric.</summary>
public sealed class CountedHashes : IDisposable
{
    private readonly MeterListener _listener = new();
    private int _count;

    public CountedHashes(CardeaApp app)
    {
        var ofThisApp = app.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "cardea.hash.duration" && instrument.Meter.Scope == ofThisApp)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref _count));
        _listener.Start();
    }

    public int Count => Volatile.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
