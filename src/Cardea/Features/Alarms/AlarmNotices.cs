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

    /// <summary>Part of the caller's transaction, which saves. The secret goes into the mail and nowhere else.</summary>
    public string NewLink(Guid accountId, string network)
    {
        var secret = Secrets.New();
        db.AlarmLinks.Add(new() { Id = clock.NewId(), AccountId = accountId, SecretHash = Secrets.Hash(secret), Network = network, MadeAt = clock.Now });
        return secret;
    }

    /// <summary>
    /// A sign-in was completed on a device that was never seen before. Who signs in from the same place again and again, in a browser that keeps
    /// no cookies, is told once a day. Part of the caller's transaction, which saves.
    /// </summary>
    public async Task TellOfNewDeviceAsync(NewDevice device, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        if (device.Email is not { } email
            || await db.AlarmLinks.AnyAsync(l => l.AccountId == device.AccountId && l.Network == device.Network && l.MadeAt > now - OncePer, cancellationToken))
        {
            return;
        }

        var secret = NewLink(device.AccountId, device.Network);
        outbox.Add(new NewDeviceMail(device.AccountId, email, device.DisplayName, device.Language, device.Address, device.UserAgent, now, device.TimeZone, secret));
    }
}

/// <param name="Network">Of the address, as tries are counted by.</param>
public sealed record NewDevice(
    Guid AccountId, string? Email, string DisplayName, string? Language, string TimeZone, string Address, string Network, string UserAgent);
