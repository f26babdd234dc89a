namespace Cardea.Data;

public static class Clock
{
    extension(TimeProvider clock)
    {
        /// <summary>The server's time in UTC, in whole microseconds: what both databases keep, so that a fact read back equals the fact written.</summary>
        public DateTimeOffset Now
        {
            get
            {
                var now = clock.GetUtcNow();
                return new(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
            }
        }

        /// <summary>A new id. UUIDv7 sorts by time, which keeps indexes of growing tables small; it is an id, never a secret.</summary>
        public Guid NewId() => Guid.CreateVersion7(clock.GetUtcNow());
    }
}
