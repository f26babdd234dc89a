using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Cardea.Rules;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors.Devices;

public sealed class RememberedDevices(AppDbContext db, AuditTrail audit, TimeProvider clock)
{
    /// <summary>After a factor was proven in this browser.</summary>
    /// <returns>The secret for its cookie.</returns>
    public async Task<string> RememberAsync(SignedInPerson person, string address, string userAgent)
    {
        var secret = Secrets.New();
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        var device = new RememberedDevice
        {
            Id = clock.NewId(),
            AccountId = person.AccountId,
            SecretHash = Secrets.Hash(secret),
            RememberedAt = clock.Now,
            Address = address,
            UserAgent = UnicodeText.Start(userAgent, Session.UserAgentMaxLength),
        };
        db.RememberedDevices.Add(device);
        audit.Add(new DeviceRemembered(person.AccountId, device.Id));
        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return secret;
    }

    /// <summary>Part of the caller's transaction.</summary>
    public Task NoteUseAsync(Guid deviceId, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        return db.RememberedDevices.Where(d => d.Id == deviceId).ExecuteUpdateAsync(set => set.SetProperty(d => d.LastUsedAt, now), cancellationToken);
    }

    /// <summary>One of the person's own; somebody else's is left alone.</summary>
    public async Task ForgetAsync(SignedInPerson person, Guid deviceId, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        await using var write = await db.BeginWriteAsync(cancellationToken);
        var forgotten = await db.RememberedDevices
            .Where(d => d.Id == deviceId && d.AccountId == person.AccountId && d.ForgottenAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.ForgottenAt, now), cancellationToken);
        if (forgotten > 0)
        {
            audit.Add(new DevicesForgotten(person.AccountId, forgotten));
        }

        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
    }

    /// <summary>After whatever makes it doubtful that they are still the owner's. Part of the caller's transaction, which saves.</summary>
    public async Task ForgetAllAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var forgotten = await db.RememberedDevices
            .Where(d => d.AccountId == accountId && d.ForgottenAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.ForgottenAt, now), cancellationToken);
        if (forgotten > 0)
        {
            audit.Add(new DevicesForgotten(accountId, forgotten));
        }
    }
}
