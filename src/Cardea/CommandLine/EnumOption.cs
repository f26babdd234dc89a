using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;

namespace Cardea.CommandLine;

/// <summary>Options whose values are the names of an enum: "health-care-provider" or "HealthCareProvider".</summary>
internal static class EnumOption
{
    public static Option<T> One<T>(string name, string description, params IEnumerable<T> values)
        where T : struct, Enum => New(name, description, ArgumentArity.ExactlyOne, [.. values], read => read[0]);

    /// <summary>May be given several times.</summary>
    public static Option<IReadOnlyList<T>> Many<T>(string name, string description, params IEnumerable<T> values)
        where T : struct, Enum => New<T, IReadOnlyList<T>>(name, description, ArgumentArity.OneOrMore, [.. values], read => read);

    private static Option<TResult> New<T, TResult>(string name, string description, ArgumentArity arity, T[] values, Func<List<T>, TResult> combine)
        where T : struct, Enum
    {
        var choices = string.Join(", ", values.Select(Written));
        return new(name)
        {
            Description = $"{description}: {choices}.",
            Required = true,
            Arity = arity,
            CustomParser = result => Read(result) is { } read ? combine(read) : default,
        };

        List<T>? Read(ArgumentResult result)
        {
            var read = new List<T>();
            foreach (var token in result.Tokens.Select(token => token.Value))
            {
                var found = values.Where(value => Plain(value.ToString()) == Plain(token)).ToList();
                if (found is not [var only])
                {
                    result.AddError($"{name} \"{token}\" is not known: choose from {choices}.");
                    return null;
                }

                read.Add(only);
            }

            return read;
        }
    }

    private static string Written<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static string Plain(string text) => text.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}
