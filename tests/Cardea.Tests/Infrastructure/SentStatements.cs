using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Cardea.Tests.Infrastructure;

/// <summary>Every statement that reaches the database, begin and commit of transactions excepted: those are no commands to EF Core.</summary>
public sealed class SentStatements : DbCommandInterceptor
{
    private const int DiskInputOutputError = 10;

    private readonly HttpContextAccessor _requests = new();
    private readonly ConcurrentQueue<string> _texts = [];
    private readonly ConcurrentQueue<string> _textsOfRequests = [];
    private Overtaken? _overtaken;

    public IReadOnlyCollection<string> Texts => _texts;

    /// <summary>Without those of background work, which looks for something to do by itself.</summary>
    public IReadOnlyCollection<string> TextsOfRequests => _textsOfRequests;

    /// <summary>The statement of requests with this number, from 1, fails as if the database had gone away in its middle. Null: none does.</summary>
    public int? FailingOne { get; set; }

    /// <summary>Hears of each statement before it is sent.</summary>
    public Action<string>? Seen { get; set; }

    /// <summary>As if the database were away.</summary>
    public bool AllFail { get; set; }

    public void Clear()
    {
        _texts.Clear();
        _textsOfRequests.Clear();
    }

    /// <summary>The next request that reads by a statement with these words waits with what it has read, while others overtake it.</summary>
    public Overtaken HoldNextReader(params IReadOnlyList<string> words) => _overtaken = new(words);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        Note(command, result);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        Note(command, result);

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        Note(command, result);

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (_overtaken is { } overtaken && overtaken.Words.All(word => command.CommandText.Contains(word, StringComparison.Ordinal))
            && Interlocked.CompareExchange(ref _overtaken, null, overtaken) == overtaken)
        {
            await overtaken.WaitAsync();
        }

        return result;
    }

    private ValueTask<T> Note<T>(DbCommand command, T result)
    {
        _texts.Enqueue(command.CommandText);
        Seen?.Invoke(command.CommandText);
        var isOfRequest = _requests.HttpContext is not null;
        if (isOfRequest)
        {
            _textsOfRequests.Enqueue(command.CommandText);
        }

        return AllFail || (isOfRequest && _textsOfRequests.Count == FailingOne) ? throw new SqliteException("The disk is gone.", DiskInputOutputError) : new(result);
    }
}

/// <summary>A request that stands still between what it has read and what it makes of it.</summary>
public sealed class Overtaken(IReadOnlyList<string> words)
{
    private readonly TaskCompletionSource _hasRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _mayGoOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> Words => words;

    public Task HasRead => _hasRead.Task;

    public void LetGoOn() => _mayGoOn.SetResult();

    internal Task WaitAsync()
    {
        _hasRead.SetResult();
        return _mayGoOn.Task;
    }
}
