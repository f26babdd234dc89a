using System.Text.Json;
using Cardea.Data;
using Microsoft.AspNetCore.DataProtection;

namespace Cardea.Features.Messages;

/// <summary>Promises messages inside the transaction of the change they speak of; they are sent after its commit, or never.</summary>
public sealed class Outbox(AppDbContext db, IDataProtectionProvider protection, TimeProvider clock)
{
    public const string Purpose = "Cardea.Outbox.v1";

    /// <returns>The id of the message.</returns>
    public Guid Add<TMessage>(TMessage message)
        where TMessage : IMessage
    {
        var (id, now) = (clock.NewId(), clock.Now);
        db.OutboxMessages.Add(new()
        {
            Id = id,
            Kind = TMessage.Kind,
            AccountId = message.AccountId,
            Payload = protection.CreateProtector(Purpose).Protect(JsonSerializer.SerializeToUtf8Bytes(message)),
            CreatedAt = now,
            UselessAfter = message.UselessAfter,
            State = OutboxState.Waiting,
            NextAttemptAt = now,
        });
        return id;
    }
}
