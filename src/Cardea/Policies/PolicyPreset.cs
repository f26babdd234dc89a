using Cardea.Hosting;
using Microsoft.Extensions.Configuration.Json;

namespace Cardea.Policies;

/// <summary>
/// <c>Cardea:Policy</c> names a JSON file of this folder. It becomes the lowest layer of the configuration: appsettings, environment and
/// command line override single values.
/// </summary>
public static class PolicyPreset
{
    public const string Key = "Cardea:Policy";
    public const string Default = "miic";

    public static readonly IReadOnlyList<string> Names = [Default, "clinical-portal", "clinic", "nist"];

    public static void AddTo(IConfigurationManager configuration)
    {
        var name = configuration[Key] ?? Default;
        if (!Names.Contains(name))
        {
            throw new ConfigurationMistakeException($"{Key} is \"{name}\": choose one of {string.Join(", ", Names)}.");
        }

        var resource = $"Cardea.Policies.{name}.json";
        configuration.Sources.Insert(0, new JsonStreamConfigurationSource
        {
            Stream = typeof(PolicyPreset).Assembly.GetManifestResourceStream(resource)
                ?? throw new InvalidOperationException($"{resource} is not in the assembly."),
        });
    }
}
