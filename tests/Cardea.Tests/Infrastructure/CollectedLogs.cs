using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Cardea.Tests.Infrastructure;

public sealed record LogLine(string Category, LogLevel Level, EventId Event, string Text, Exception? Problem)
{
    public override string ToString() => $"{Level} {Category} {Event.Id}: {Text} {Problem}";
}

/// <summary>All that the app logged, as text, so that a test can look for what must, or must never, be there.</summary>
public sealed class CollectedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = [];

    public IReadOnlyCollection<LogLine> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<LogLine> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(new(category, logLevel, eventId, formatter(state, exception), exception));
    }
}
