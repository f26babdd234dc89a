namespace Cardea.Features.Lifecycle;

/// <summary>
/// How far a job has come through the accounts, in the order of some fact. It goes on from there: to begin anew with each batch would look at everybody who stays,
/// told already, disabled, again and again, and take a million accounts a thousand times as long as a thousand.
/// </summary>
public sealed record Place(DateTimeOffset At, Guid AccountId)
{
    public static readonly Place Beginning = new(DateTimeOffset.UnixEpoch, Guid.Empty);
}
