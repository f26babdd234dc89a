using Cardea.Data;
using Microsoft.Extensions.Options;

namespace Cardea.Hosting;

/// <param name="Path">A section, or a key right below "Cardea".</param>
public sealed record KnownKey(string Path);

/// <summary>What is misspelt right below "Cardea" is not passed over, either: without its "Messages", mails would quietly go into a folder.</summary>
public sealed class StrayKeys(IConfiguration configuration, IEnumerable<KnownKey> known) : IValidateOptions<DataSettings>
{
    public ValidateOptionsResult Validate(string? name, DataSettings options)
    {
        var strays = configuration.GetSection(DataSettings.Section).GetChildren()
            .Where(child => !known.Any(key => key.Path.Equals(child.Path, StringComparison.OrdinalIgnoreCase)))
            .Select(child => $"{child.Path} is no setting.")
            .ToList();
        return strays.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(strays);
    }
}
