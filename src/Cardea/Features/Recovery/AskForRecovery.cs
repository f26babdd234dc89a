using System.Text.Json;
using Cardea.Data;
using Microsoft.AspNetCore.DataProtection;

namespace Cardea.Features.Recovery;

/// <summary>Puts a wish down to be worked off in the background: the same one statement for everybody, whatever they typed (S2-31, V6.3.8).</summary>
public sealed class AskForRecovery(AppDbContext db, IDataProtectionProvider protection, TimeProvider clock)
{
    public const string Purpose = "Cardea.Recovery.v1";

    public async Task RunAsync(RecoveryWish wish, CancellationToken cancellationToken)
    {
        db.RecoveryRequests.Add(new()
        {
            Id = clock.NewId(),
            Payload = protection.CreateProtector(Purpose).Protect(JsonSerializer.SerializeToUtf8Bytes(wish)),
            MadeAt = clock.Now,
        });
        await using var write = await db.BeginWriteAsync(cancellationToken, WriteTurn.AfterOthers);
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
    }
}
