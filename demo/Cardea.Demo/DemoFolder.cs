using System.Text.Json;
using Cardea.Hosting;

namespace Cardea.Demo;

/// <summary>Where the demo keeps its database, its mails, its texts and <c>demo.json</c>; held by one running demo at a time.</summary>
public sealed class DemoFolder : IDisposable
{
    private const string Usual = "data/demo", Description = "demo.json", Database = "cardea.db", Lock = "demo.lock";

    private readonly FileStream _lock;

    private DemoFolder(string path)
    {
        Path = Directory.CreateDirectory(path).FullName;
        try
        {
            _lock = new(In(Lock), new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                Options = FileOptions.DeleteOnClose,
            });
        }
        catch (IOException)
        {
            throw new ConfigurationMistakeException($"another demo is running on {Path}: stop it, or name another folder with --data.");
        }
    }

    public string Path { get; }

    public string Mails => In("mail");

    public string Texts => In("texts");

    /// <param name="given">A folder to keep; null for the usual one, which is emptied first.</param>
    public static DemoFolder Open(string? given)
    {
        var folder = new DemoFolder(given ?? Usual);
        if (given is null)
        {
            folder.Empty();
        }

        return folder;
    }

    /// <summary>The people of an earlier start on this folder; null when there was none.</summary>
    public IReadOnlyList<DemoAccount>? KeptAccounts()
    {
        if (File.Exists(In(Description)))
        {
            using var file = File.OpenRead(In(Description));
            return JsonSerializer.Deserialize<DemoDescription>(file, JsonSerializerOptions.Web)?.Accounts;
        }

        return File.Exists(In(Database))
            ? throw new ConfigurationMistakeException($"{Path} holds a database that no demo has finished filling: name a new or an empty folder.")
            : null;
    }

    /// <summary>Whole or not at all, for programs that wait for it.</summary>
    public void Write(DemoDescription description)
    {
        var unfinished = In($"{Description}.tmp");
        File.WriteAllText(unfinished, JsonSerializer.Serialize(description, DemoDescription.Json));
        File.Move(unfinished, In(Description), overwrite: true);
    }

    public void Dispose() => _lock.Dispose();

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private void Empty()
    {
        foreach (var file in Directory.EnumerateFiles(Path).Where(file => file != In(Lock)))
        {
            File.Delete(file);
        }

        foreach (var folder in Directory.EnumerateDirectories(Path))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
