using System.Text.Json;
using Cardea.Data;
using Microsoft.AspNetCore.DataProtection;

namespace Cardea.Features.Messages;

/// <summary>One message to one person. A record a kind, in the feature that promises it; its properties are what the template needs.</summary>
public interface IMail
{
    /// <summary>Names the template and is safe to log: "email-code".</summary>
    static abstract string Kind { get; }

    Guid? AccountId { get; }

    string To { get; }

    string ToName { get; }

    /// <summary>"en", "es" or "fr"; null takes the registry's default.</summary>
    string? Language { get; }

    DateTimeOffset UselessAfter { get; }
}

/// <summary>Promises messages inside the transaction of the change they speak of; they are sent after its commit, or never.</summary>
public sealed class Outbox(AppDbContext db, IDataProtectionProvider protection, TimeProvider clock)
{
    public const string Purpose = "Cardea.Outbox.v1";

    public void Add<TMail>(TMail mail)
        where TMail : IMail
    {
        var now = clock.Now;
        db.OutboxMessages.Add(new()
        {
            Id = clock.NewId(),
            Kind = TMail.Kind,
            AccountId = mail.AccountId,
            Payload = protection.CreateProtector(Purpose).Protect(JsonSerializer.SerializeToUtf8Bytes(mail)),
            CreatedAt = now,
            UselessAfter = mail.UselessAfter,
            State = OutboxState.Waiting,
            NextAttemptAt = now,
        });
    }
}
