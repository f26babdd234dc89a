namespace Cardea.Data;

/// <summary>Where the data is: <c>ConnectionStrings:Cardea</c> for PostgreSQL, else a SQLite file in the folder <c>Cardea:Data</c>.</summary>
public sealed class DataSettings
{
    public const string Section = "Cardea";
    public const string ConnectionName = "Cardea";

    /// <summary>Folder of the SQLite database and of the pickups of mails and texts; made when missing.</summary>
    public string Data { get; set; } = "data";

    /// <summary>Whether the product may change a PostgreSQL schema at start. Off: <c>cardea migrate</c> does it, with its own rights.</summary>
    public bool MigrateAtStart { get; set; }
}
