using System.Globalization;
using System.Runtime.CompilerServices;
using Cardea.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Cardea.Bench;

/// <summary>Many rows like one, made by the database itself, which writes a million in the time in which the product would write a thousand.</summary>
internal static class Copies
{
    /// <summary>The same row as often again: what names the row or its account ends in a number of its own, the rest is the same.</summary>
    /// <param name="own">SQL by the number n of the copy, for columns that are to differ otherwise; null for those that need not.</param>
    /// <param name="first">The number of the first copy.</param>
    public static async Task AddAsync(AppDbContext db, object row, int count, Func<string, string?>? own = null, int first = 1)
    {
        if (count == 0) { return; }

        var entry = db.Entry(row);
        var table = StoreObjectIdentifier.Create(entry.Metadata, StoreObjectType.Table)!.Value;
        var columns = entry.Metadata.GetProperties().Where(property => property.GetColumnName(table) is not null)
            .Select(property => (Name: property.GetColumnName(table)!, Property: property)).ToList();
        var names = string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
        var values = string.Join(", ", columns.Select(column => own?.Invoke(column.Name) ?? Copied(db, $"\"{column.Name}\"", column.Property)));
        var keys = string.Join(" AND ", entry.Metadata.FindPrimaryKey()!.Properties.Select((key, index) => $"\"{key.GetColumnName(table)}\" = {{{index}}}"));
        var numbers = db is SqliteAppDbContext
            ? string.Create(CultureInfo.InvariantCulture, $"WITH RECURSIVE numbers(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM numbers WHERE n < {first + count - 1})")
            : string.Create(CultureInfo.InvariantCulture, $"WITH numbers AS (SELECT generate_series({first}, {first + count - 1}) AS n)");
        var keyValues = entry.Metadata.FindPrimaryKey()!.Properties
            .Select(key => key.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(entry.Property(key.Name).CurrentValue) : entry.Property(key.Name).CurrentValue);
        await db.Database.ExecuteSqlAsync(FormattableStringFactory.Create(
            $"INSERT INTO \"{table.Name}\" ({names}) {numbers} SELECT {values} FROM \"{table.Name}\", numbers WHERE {keys}", [.. keyValues]));
    }

    /// <summary>SQL for the id that copy number <paramref name="number"/> of a row has.</summary>
    public static string IdOf(AppDbContext db, string id, string number) => db is SqliteAppDbContext
        ? $"substr({id}, 1, 24) || printf('%012X', {number})"
        : $"(substr({id}::text, 1, 24) || lpad(to_hex({number}), 12, '0'))::uuid";

    private static string Copied(AppDbContext db, string column, IProperty property) => (property.Name, db is SqliteAppDbContext) switch
    {
        ("Id" or "AccountId", _) => IdOf(db, column, "n"),
        ("SecretHash" or "NameKey" or "TryKey", true) => "randomblob(32)",
        ("SecretHash" or "NameKey" or "TryKey", false) => $"sha256({column} || n::text::bytea)",
        ("UserName" or "NormalizedUserName", _) => $"{column} || n",
        _ => column,
    };
}
