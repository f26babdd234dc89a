namespace Cardea.CommandLine;

/// <summary>An option whose name has a colon is a setting, written as for the server: "--Cardea:Data=/srv/cardea" or "--Cardea:Data /srv/cardea".</summary>
internal static class SettingOptions
{
    public static (string[] Words, string[] Settings) Part(string[] args)
    {
        var words = new List<string>();
        var settings = new List<string>();
        for (var at = 0; at < args.Length; at++)
        {
            var name = args[at].Split('=')[0];
            if (!name.StartsWith("--", StringComparison.Ordinal) || !name.Contains(':'))
            {
                words.Add(args[at]);
                continue;
            }

            settings.Add(args[at]);
            if (name == args[at] && at + 1 < args.Length)
            {
                settings.Add(args[++at]);
            }
        }

        return ([.. words], [.. settings]);
    }
}
