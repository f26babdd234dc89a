using System.Diagnostics.Metrics;
using Cardea.Hosting;

namespace Cardea.Features.Messages.Texts;

/// <summary>That texts have stopped is worth a call at night.</summary>
public sealed class TextMetrics
{
    private readonly Counter<long> _stopped;

    public TextMetrics(IMeterFactory meters) =>
        _stopped = meters.Create(Telemetry.Name).CreateCounter<long>("cardea.texts.stopped", "{stop}", "How often a cap on all texts was reached, by cap.");

    public void Stopped(TextCap cap) =>
        _stopped.Add(1, new KeyValuePair<string, object?>("cap", cap is TextCap.InAllAnHour ? "hour" : "day"));
}
