using System.CommandLine.Parsing;
using System.Globalization;

namespace Cardea.Demo;

/// <summary>A span of time as people write it: "61d", "12h", "30m".</summary>
public static class ClockOffset
{
    /// <summary>A hundred years: enough for any policy, and far from the end of all dates.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    public static TimeSpan Parse(ArgumentResult argument)
    {
        var text = argument.Tokens.Single().Value;
        if (text.Length > 1 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            TimeSpan? offset = text[^1] switch
            {
                'd' => TimeSpan.FromDays(number),
                'h' => TimeSpan.FromHours(number),
                'm' => TimeSpan.FromMinutes(number),
                _ => null,
            };
            if (offset <= Longest)
            {
                return offset.Value;
            }
        }

        argument.AddError($"\"{text}\" is no span of time: write 61d, 12h or 30m.");
        return default;
    }
}
