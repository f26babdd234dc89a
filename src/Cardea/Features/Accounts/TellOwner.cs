using Cardea.Data;
using Cardea.Features.Messages;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

/// <summary>What somebody else has done with an account, where no mail of its own tells it.</summary>
public enum HelpGiven
{
    Unlocked,
    SignedOut,
    Disabled,
    Enabled,
    Deleted,
    Restored,
    RolesChanged,
    DetailsChanged,
    AccessGiven,
    AccessChanged,
    AccessEnded,
}

/// <summary>Nothing is done to an account without its owner knowing. Part of the transaction of the act.</summary>
public sealed class TellOwner(AppDbContext db, Outbox outbox, TimeProvider clock)
{
    /// <param name="organization">By name and code, where it is about one that is not their home.</param>
    public async Task ThatAsync(HelpGiven help, FoundAccount account, CancellationToken cancellationToken, string? organization = null)
    {
        var owner = await db.Accounts
            .Where(a => a.Id == account.Id)
            .Select(a => new { a.Email, Name = a.GivenName + " " + a.FamilyName, a.Language, Zone = a.TimeZone ?? a.HomeOrganization!.TimeZone })
            .SingleAsync(cancellationToken);
        if (owner.Email is { } email)
        {
            outbox.Add(new HelpGivenMail(account.Id, email, owner.Name, owner.Language, clock.Now, owner.Zone, help, organization));
        }
    }
}

/// <param name="Organization">Null where it is about none beside their home.</param>
/// <param name="TimeZone">IANA id of the reader's, in which <paramref name="At"/> is shown.</param>
public sealed record HelpGivenMail(
    Guid? AccountId, string To, string ToName, string? Language, DateTimeOffset At, string TimeZone, HelpGiven Help, string? Organization = null) : IMail
{
    public static string Kind => "help-given";

    public DateTimeOffset UselessAfter => At.AddDays(7);

    public MailText Write(MailContext context) => new(context.Words[$"Help{Help}Subject"],
    [
        context.Say($"Help{Help}What", MailContext.WallTime(At, TimeZone), Organization ?? ""),
        context.Say("HelpGivenNotYou"),
    ]);
}
