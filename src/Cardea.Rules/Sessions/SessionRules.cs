namespace Cardea.Rules.Sessions;

/// <summary>How long a session lasts (V7.1.1, V7.3.1, V7.3.2, K-18). All are positive; the warning is shorter than the idle limit.</summary>
public sealed record SessionPolicy
{
    /// <summary>Since the last request of the person; 30 minutes.</summary>
    public required TimeSpan Idle { get; init; }

    /// <summary>Since the sign-in, however busy the person is; 12 hours.</summary>
    public required TimeSpan Whole { get; init; }

    /// <summary>How long before the idle limit the page asks "Stay signed in?"; 2 minutes, at least 20 seconds (W-2.2.1).</summary>
    public required TimeSpan WarnBefore { get; init; }
}

/// <summary>Whether a session still counts, and if not, why not.</summary>
public enum SessionState
{
    Live,
    IdleTooLong,
    TooOld,

    /// <summary>Ended by an act: signed out, disabled, password changed elsewhere (V7.4.1, V7.4.2).</summary>
    Ended,
}

/// <summary>The end of a session, decided by the server's clock alone (V7.2.1, S0-19).</summary>
public static class SessionRules
{
    /// <summary>
    /// Of two limits passed, the one passed first is the reason. A session that was used in the future is from before the clock was set back: nobody
    /// knows how old it is, or how long it has been left alone, so it is too old.
    /// </summary>
    public static SessionState Decide(
        DateTimeOffset startedAt, DateTimeOffset lastSeenAt, DateTimeOffset? endedAt, SessionPolicy policy, DateTimeOffset now)
    {
        if (endedAt is not null) { return SessionState.Ended; }
        if (now < lastSeenAt - ServerClocks.MayDifferBy) { return SessionState.TooOld; }
        if (now < EndsAt(startedAt, lastSeenAt, policy)) { return SessionState.Live; }

        return lastSeenAt + policy.Idle < startedAt + policy.Whole ? SessionState.IdleTooLong : SessionState.TooOld;
    }

    /// <summary>The earlier of both limits; at that very moment the session is over.</summary>
    public static DateTimeOffset EndsAt(DateTimeOffset startedAt, DateTimeOffset lastSeenAt, SessionPolicy policy)
    {
        var idleEnd = lastSeenAt + policy.Idle;
        var wholeEnd = startedAt + policy.Whole;

        return idleEnd < wholeEnd ? idleEnd : wholeEnd;
    }
}
