using Cardea.Data;
using Cardea.Features.Messages;
using Cardea.Features.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Alarms;

/// <summary>Tells the owner of an account what only the owner can judge, with a link to stop it .</summary>
public sealed class AlarmNotices(AppDbContext db, Outbox outbox, TimeProvider clock)
{
    public static readonly TimeSpan LinksLiveFor = TimeSpan.FromDays(7);

    private static readonly TimeSpan OncePer = TimeSpan.FromDays(1);

    /// <summary>The rest is told of in the next round.</summary>
    private const int AtOnce = 200;

    /// <summary>Part of the caller's transaction, which saves. The secret goes into the mail and nowhere else.</summary>
    public string NewLink(Guid accountId) => NewLink(accountId, newDeviceAt: "");

    private string NewLink(Guid accountId, string newDeviceAt)
    {
        var secret = Secrets.New();
        db.AlarmLinks.Add(new() { Id = clock.NewId(), AccountId = accountId, SecretHash = Secrets.Hash(secret), Address = newDeviceAt, MadeAt = clock.Now });
        return secret;
    }

    /// <summary>
    /// All sign-ins that were completed on a device never seen before. Not while people sign in, since that must be quick. The mark on
    /// the session is taken by one statement, so that of several nodes one tells.
    /// </summary>
    public async Task TellOfNewDevicesAsync(CancellationToken cancellationToken)
    {
        var oldest = clock.Now - LinksLiveFor;   // marks of sign-ins that nobody went on with stay behind
        var waiting = await db.Sessions.AsNoTracking()
            .Where(session => session.NewDeviceSince > oldest && session.CompletedAt != null)
            .OrderBy(session => session.NewDeviceSince)
            .Take(AtOnce)
            .Select(session => new NewDevice(
                session.Id, session.AccountId, session.Account!.Email, session.Account.GivenName + " " + session.Account.FamilyName, session.Account.Language,
                session.Account.TimeZone ?? session.Organization!.TimeZone, session.Address, session.UserAgent, session.CompletedAt!.Value))
            .ToListAsync(cancellationToken);
        foreach (var device in waiting)
        {
            await TellAsync(device, cancellationToken);
        }
    }

    /// <summary>Who signs in from the same place again and again, in a browser that keeps no cookies, is told once a day.</summary>
    private async Task TellAsync(NewDevice device, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        await using var write = await db.BeginWriteAsync(cancellationToken, WriteTurn.AfterOthers);
        var ours = await db.Sessions.Where(session => session.Id == device.SessionId && session.NewDeviceSince != null)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.NewDeviceSince, (DateTimeOffset?)null), cancellationToken);
        var wasTold = await db.AlarmLinks
            .AnyAsync(link => link.AccountId == device.AccountId && link.Address == device.Address && link.MadeAt > now - OncePer, cancellationToken);
        if (ours == 1 && !wasTold && device.Email is { } email)
        {
            var secret = NewLink(device.AccountId, device.Address);
            outbox.Add(new NewDeviceMail(
                device.AccountId, email, device.DisplayName, device.Language, device.Address, device.UserAgent, device.At, device.TimeZone, secret));
            await db.SaveChangesAsync(cancellationToken);
        }

        await write.CommitAsync(cancellationToken);
    }

    private sealed record NewDevice(
        Guid SessionId, Guid AccountId, string? Email, string DisplayName, string? Language, string TimeZone, string Address, string UserAgent, DateTimeOffset At);
}
