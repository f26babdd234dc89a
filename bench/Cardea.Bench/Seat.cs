namespace Cardea.Bench;

/// <summary>Where a person sits: a thread of their own, which sleeps in the kernel while it waits for the server.</summary>
internal static class Seat
{
    private const int StackBytes = 256 * 1024;

    public static Thread Take(Action work)
    {
        var thread = new Thread(() => work(), StackBytes);
        thread.Start();
        return thread;
    }
}
