using System.Diagnostics.Metrics;
using System.Threading.Channels;

namespace Cardea.Tests.Messages;

/// <summary>What one node measures about its messages. Each attempt is measured when it has been recorded, so a test can wait for it.</summary>
public sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Channel<(string Kind, string Outcome)> _attempts = Channel.CreateUnbounded<(string, string)>();
    private double _age;

    public Measured(IServiceProvider services)
    {
        var meters = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
        {
            if (instrument.Name == "cardea.messages")
            {
                var named = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string)tag.Value!);
                _attempts.Writer.TryWrite((named["kind"], named["outcome"]));
            }
        });
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => _age = instrument.Name == "cardea.outbox.age" ? value : _age);
        _listener.Start();
    }

    /// <summary>Fails after a minute of this machine, lest a whole run waits for what never comes.</summary>
    public Task<(string Kind, string Outcome)> NextAttemptAsync() => _attempts.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));

    public double OutboxAge()
    {
        _listener.RecordObservableInstruments();
        return _age;
    }

    public void Dispose() => _listener.Dispose();
}
