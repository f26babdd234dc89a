using System.Collections.Concurrent;

namespace Cardea.Data;

/// <summary>
/// Queries that EF Core has translated already. Otherwise it walks through the whole expression at every call, be it only to find out that it knows
/// it: for the two queries of every request and every sign-in, that takes longer than the database does.
/// </summary>
public sealed class TranslatedQueries
{
    private readonly ConcurrentDictionary<Delegate, Delegate> _queries = new();

    /// <param name="translate">A static method that calls <c>EF.CompileAsyncQuery</c>; its context serves the translation only.</param>
    public TQuery Get<TQuery>(AppDbContext db, Func<AppDbContext, TQuery> translate)
        where TQuery : Delegate =>
        (TQuery)_queries.GetOrAdd(translate, static (key, db) => ((Func<AppDbContext, TQuery>)key)(db), db);
}
