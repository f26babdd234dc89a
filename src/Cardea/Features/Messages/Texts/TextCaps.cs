using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Messages.Texts;

/// <summary>What asking for one more text found. Only after <see cref="Taken"/> may it be promised.</summary>
public abstract record TextCapsOutcome
{
    public sealed record Taken : TextCapsOutcome;

    /// <param name="Until">When there is room again.</param>
    public sealed record Reached(TextCap Cap, DateTimeOffset Until) : TextCapsOutcome;
}

/// <summary>
/// How many texts a number, an account, an address, an organization and the whole deployment may cost. They are counted before the text
/// is promised, in one statement, so that no number of parallel requests gets past a cap. With the last one that all are allowed, texts stop
/// for the rest of that hour or day, and the operators are told.
/// </summary>
public sealed partial class TextCaps(
    AppDbContext db, IOptions<TextSettings> settings, Outbox outbox, AuditTrail audit, TextMetrics metrics, TimeProvider clock, ILogger<TextCaps> logger)
{
    private const string Everybody = "", BeforeThisText = "before_this_text";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1), Day = TimeSpan.FromDays(1);

    /// <summary>
    /// Part of the caller's transaction, which promises the text and saves its changes after this. When a cap is reached, nothing of this text
    /// has been counted, and the transaction may go on without it.
    /// </summary>
    /// <param name="number">As <see cref="PhoneNumberReading.Accepted"/> has it.</param>
    /// <param name="clientNetwork">Of the request, as tries are counted by.</param>
    public async Task<TextCapsOutcome> TryTakeAsync(
        string number, Guid accountId, string clientNetwork, Guid organizationId, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var limits = settings.Value;
        TextCount[] wanted =
        [
            One(TextCap.NumberAnHour, number, limits.PerNumberAnHour, now + Hour),
            One(TextCap.NumberADay, number, limits.PerNumberADay, now + Day),
            One(TextCap.AccountADay, accountId.ToString(), limits.PerAccountADay, now + Day),
            One(TextCap.AddressAnHour, clientNetwork, limits.PerAddressAnHour, now + Hour),
            One(TextCap.OrganizationADay, organizationId.ToString(), limits.PerOrganizationADay, now + Day),
            One(TextCap.InAllAnHour, Everybody, limits.InAllAnHour, now + Hour),
            One(TextCap.InAllADay, Everybody, limits.InAllADay, now + Day),
        ];

        var transaction = db.Database.CurrentTransaction ?? throw new InvalidOperationException("A text is counted in the transaction that promises it.");
        await transaction.CreateSavepointAsync(BeforeThisText, cancellationToken);
        var taken = await RaiseAsync(wanted, now, cancellationToken);
        if (taken.Count < wanted.Length)
        {
            await transaction.RollbackToSavepointAsync(BeforeThisText, cancellationToken);   // what the other rows had counted
            return await ReachedAsync([.. wanted.ExceptBy(taken.Select(row => row.Cap), row => row.Cap)], cancellationToken);
        }

        foreach (var last in taken.Where(row => row.Cap is TextCap.InAllAnHour or TextCap.InAllADay && row.Count == row.Most))
        {
            await StopAsync(last, now, cancellationToken);
        }

        return new TextCapsOutcome.Taken();
    }

    /// <summary>With the statement that counts the last one: so it happens once, whoever else asks at the same moment.</summary>
    private async Task StopAsync(TextCount last, DateTimeOffset now, CancellationToken cancellationToken)
    {
        audit.Add(new TextsStopped(last.Cap, last.Count));
        metrics.Stopped(last.Cap);
        Log.Stopped(logger, last.Count, last.Cap, last.EndsAt);

        if (await RaiseAsync([One(TextCap.AlarmADay, Everybody, most: 1, now + Day)], now, cancellationToken) is [])
        {
            return;
        }

        var operators = await db.UsableOperators(DateTimeOffset.UnixEpoch).AsNoTracking()
            .Where(m => m.Account!.Email != null)
            .Select(m => new { m.Account, TimeZone = m.Account!.TimeZone ?? m.Account.HomeOrganization!.TimeZone })
            .ToListAsync(cancellationToken);
        foreach (var one in operators.DistinctBy(one => one.Account!.Id))
        {
            outbox.Add(new TextsStoppedMail(one.Account!.Id, one.Account.Email!, one.Account.DisplayName, one.Account.Language, last.Count, last.EndsAt, one.TimeZone));
        }
    }

    private async Task<TextCapsOutcome.Reached> ReachedAsync(IReadOnlyList<TextCount> refused, CancellationToken cancellationToken)
    {
        var (caps, keys) = (refused.Select(row => row.Cap).ToList(), refused.Select(row => row.Key).ToList());
        var full = await db.TextCounts.AsNoTracking().Where(row => caps.Contains(row.Cap) && keys.Contains(row.Key)).ToListAsync(cancellationToken);
        var longest = full.MaxBy(row => row.EndsAt)!;
        return new(longest.Cap, longest.EndsAt);
    }

    /// <summary>
    /// One statement raises all rows, in the same order for everybody, the busiest last. A row comes back only when there was room for one more;
    /// one whose hour or day has ended begins anew.
    /// </summary>
    private Task<List<TextCount>> RaiseAsync(IReadOnlyList<TextCount> wanted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // As the interpolated form would be, for as many rows as there are: each value is a parameter.
        var rows = string.Join(", ", wanted.Select((_, row) => $"({{{(4 * row) + 1}}}, {{{(4 * row) + 2}}}, 1, {{{(4 * row) + 3}}}, {{{(4 * row) + 4}}})"));
        object[] values = [db.Stored(now), .. wanted.SelectMany(row => new object[] { row.Cap.ToString(), row.Key, row.Most, db.Stored(row.EndsAt) })];
        return db.TextCounts.FromSql(FormattableStringFactory.Create($$"""
            INSERT INTO "TextCounts" ("Cap", "Key", "Count", "Most", "EndsAt") VALUES {{rows}}
            ON CONFLICT ("Cap", "Key") DO UPDATE SET
                "Count" = CASE WHEN "TextCounts"."EndsAt" <= {0} THEN 1 ELSE "TextCounts"."Count" + 1 END,
                "Most" = excluded."Most",
                "EndsAt" = CASE WHEN "TextCounts"."EndsAt" <= {0} THEN excluded."EndsAt" ELSE "TextCounts"."EndsAt" END
            WHERE "TextCounts"."EndsAt" <= {0} OR "TextCounts"."Count" < excluded."Most"
            RETURNING *
            """, values)).AsNoTracking().ToListAsync(cancellationToken);
    }

    private static TextCount One(TextCap cap, string of, int most, DateTimeOffset endsAt) => new()
    {
        Cap = cap,
        Key = SHA256.HashData(Encoding.UTF8.GetBytes(of)),
        Count = 1,
        Most = most,
        EndsAt = endsAt,
    };

    private static partial class Log
    {
        [LoggerMessage(5021, LogLevel.Error, "Texts have stopped until {Until}: {Count} were promised, the most that {Cap} allows. Somebody may be sending them at your cost.")]
        public static partial void Stopped(ILogger logger, int count, TextCap cap, DateTimeOffset until);
    }
}
