using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Cardea.Tests.Infrastructure;

/// <summary>Every statement that reaches the database, begin and commit of transactions excepted: those are no commands to EF Core.</summary>
public sealed class SentStatements : DbCommandInterceptor
{
    private const int DiskInputOutputError = 10;

    private readonly ConcurrentQueue<string> _texts = [];

    public IReadOnlyCollection<string> Texts => _texts;

    /// <summary>The statement with this number, from 1, fails as if the database had gone away in its middle. Null: none does.</summary>
    public int? FailingOne { get; set; }

    /// <summary>As if the database were away.</summary>
    public bool AllFail { get; set; }

    public void Clear() => _texts.Clear();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        Note(command, result);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        Note(command, result);

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        Note(command, result);

    private ValueTask<T> Note<T>(DbCommand command, T result)
    {
        _texts.Enqueue(command.CommandText);
        return AllFail || _texts.Count == FailingOne ? throw new SqliteException("The disk is gone.", DiskInputOutputError) : new(result);
    }
}
