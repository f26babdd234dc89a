using System.Text.RegularExpressions;

namespace Cardea.Bench.Profile;

/// <summary>A type as the runtime writes it: "System.Collections.Generic.Dictionary`2[System.__Canon,int]".</summary>
/// <param name="Definition">With a "+" before the name of a nested type.</param>
/// <param name="Arguments">All of them, also those of the types around it.</param>
internal sealed record UsedType(string Definition, IReadOnlyList<UsedType> Arguments)
{
    public static UsedType Read(string text)
    {
        var bracket = text.IndexOf('[');
        return bracket < 0 ? new(text, []) : new(text[..bracket], ReadList(text[(bracket + 1)..^1]));
    }

    public static IReadOnlyList<UsedType> ReadList(string text)
    {
        var types = new List<UsedType>();
        var (start, depth) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                types.Add(Read(text[start..i]));
                start = i + 1;
            }
            else
            {
                depth += text[i] switch { '[' => 1, ']' => -1, _ => 0 };
            }
        }

        return types;
    }
}

/// <summary>A method that the product has used, in the instantiation in which it used it. Its overloads are not told apart.</summary>
internal sealed partial record UsedMethod(UsedType Type, string Name, IReadOnlyList<UsedType> Arguments)
{
    /// <summary>From a line of the compiler's own list, which tells generic methods apart but shows enums as numbers. Null when it is about none.</summary>
    public static UsedMethod? ReadCompiled(string line) => Read(Compiled().Match(line));

    /// <summary>From a line of the map for profilers, which shows enums but does not tell generic methods apart. Null when it is about none.</summary>
    public static UsedMethod? ReadMapped(string line) => Read(Mapped().Match(line));

    private static UsedMethod? Read(Match method) => method.Success
        ? new(
            UsedType.Read(method.Groups["type"].Value),
            method.Groups["name"].Value,
            method.Groups["arguments"] is { Success: true } arguments ? UsedType.ReadList(arguments.Value) : [])
        : null;

    [GeneratedRegex(@"JIT compiled (?<type>[^:(]+):(?<name>[^:[(]+)(\[(?<arguments>.+?)\])?\(")]
    private static partial Regex Compiled();

    [GeneratedRegex(@" \[[^]]+\] (?<type>[^ ]+?)::(?<name>[^(]+)\(")]
    private static partial Regex Mapped();
}
