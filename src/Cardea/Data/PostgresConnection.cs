using Cardea.Hosting;
using Npgsql;

namespace Cardea.Data;

/// <summary>TLS to the database unless it is on this machine (ASVS V12.3.1): a wrong connection string stops the start.</summary>
public static class PostgresConnection
{
    /// <summary>
    /// Seconds, where the connection string says nothing else. A sign-in is answered within ten, also by "try again": when the network begins
    /// to swallow packets, it may lose a statement, its cancellation and one more connection.
    /// </summary>
    private const string Patience = "Timeout=3;Command Timeout=3;";

    /// <summary>Statements that the server has planned already, in each connection: for those of every request, planning takes ten times as long as the answer.</summary>
    private const string PlansKept = "Max Auto Prepare=100;";

    /// <summary>What to connect with; what stands later in it counts.</summary>
    public static string Checked(string given)
    {
        var connection = Patience + PlansKept + given;
        NpgsqlConnectionStringBuilder parts;
        try
        {
            parts = new(connection);
        }
        catch (ArgumentException problem)
        {
            throw new ConfigurationMistakeException($"ConnectionStrings:Cardea cannot be read: {problem.Message}");
        }

        var hosts = (parts.Host ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (hosts.Length == 0)
        {
            throw new ConfigurationMistakeException("ConnectionStrings:Cardea names no Host.");
        }

        if (!hosts.All(IsThisMachine) && parts.SslMode is not (SslMode.VerifyFull or SslMode.VerifyCA))
        {
            throw new ConfigurationMistakeException(
                "ConnectionStrings:Cardea reaches over the network: add \"SSL Mode=VerifyFull\" (or VerifyCA), so that records travel encrypted to the right server.");
        }

        return connection;
    }

    private static bool IsThisMachine(string host) => host.StartsWith('/') || Loopback.IsLoopback(host.Split(':')[0]);
}
