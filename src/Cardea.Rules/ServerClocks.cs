namespace Cardea.Rules;

/// <summary>Servers that share a database differ by moments. What lies further in the future was written before a clock was set back.</summary>
public static class ServerClocks
{
    public static readonly TimeSpan MayDifferBy = TimeSpan.FromMinutes(5);
}
