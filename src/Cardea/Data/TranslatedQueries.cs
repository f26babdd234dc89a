using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Query;

namespace Cardea.Data;

/// <summary>
/// Queries that EF Core has translated already. Otherwise it walks through the whole expression at every call, be it only to find out that it knows
/// it: for the queries of every request and every sign-in, that takes longer than the database does.
/// </summary>
public sealed class TranslatedQueries
{
    private readonly ConcurrentDictionary<Delegate, Delegate> _queries = new();

    /// <param name="translate">A static method that calls <c>EF.CompileAsyncQuery</c>; it may be called twice when two requests are the first.</param>
    public TQuery Get<TQuery>(Func<TQuery> translate)
        where TQuery : Delegate =>
        (TQuery)_queries.GetOrAdd(translate, static key => ((Func<TQuery>)key)());
}

/// <summary>Puts a part that queries share into one of them, for EF Core looks into no method that it does not know.</summary>
public sealed class Part(MethodInfo placeholder, LambdaExpression inFull) : ExpressionVisitor
{
    public Expression<TQuery> PutInto<TQuery>(Expression<TQuery> query) => (Expression<TQuery>)Visit(query);

    protected override Expression VisitMethodCall(MethodCallExpression node) => node.Method == placeholder
        ? new ReplacingExpressionVisitor(inFull.Parameters, node.Arguments).Visit(inFull.Body)
        : base.VisitMethodCall(node);
}
