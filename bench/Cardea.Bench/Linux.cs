using System.Runtime.InteropServices;

namespace Cardea.Bench;

/// <summary>The few things of the operating system that .NET has no call for.</summary>
internal static class Linux
{
    private const int Terminate = 15;
    private const int OneThread = 0;
    private const int TicksPerSecond = 100;   // USER_HZ: fixed for every program, whatever the kernel's own tick

    /// <summary>Asks a process to end in good order, as a service manager does.</summary>
    public static void AskToEnd(int processId) => _ = Kill(processId, Terminate);

    /// <summary>Lets every other thread of the machine go before the calling one.</summary>
    public static void MakeThisThreadNice(int nice) => _ = SetPriority(OneThread, 0, nice);

    /// <summary>The time that all threads of a process have spent on a core so far, in the kernel's name or their own.</summary>
    public static TimeSpan CpuTime(int processId)
    {
        // The second field is the program's name in brackets and may hold spaces: count from its end.
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        const int UserTime = 11, SystemTime = 12;
        var ticks = long.Parse(fields[UserTime], provider: null) + long.Parse(fields[SystemTime], provider: null);
        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }

    /// <summary>The memory a process holds right now, in megabytes of 1,000,000 bytes.</summary>
    public static double ResidentMegabytes(int processId) => Megabytes(processId, "VmRSS:");

    /// <summary>The most it has held so far; nothing when it has just ended.</summary>
    public static double PeakMegabytes(int processId)
    {
        try
        {
            return Megabytes(processId, "VmHWM:");
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static double Megabytes(int processId, string what)
    {
        var line = File.ReadLines($"/proc/{processId}/status").FirstOrDefault(line => line.StartsWith(what, StringComparison.Ordinal));
        var kibibytes = line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], provider: null);
        return kibibytes * 1024 / 1e6;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int processId, int signal);

    [DllImport("libc", EntryPoint = "setpriority")]
    private static extern int SetPriority(int which, int who, int nice);
}
