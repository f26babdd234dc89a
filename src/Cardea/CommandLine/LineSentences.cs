using Cardea.Rules;

namespace Cardea.CommandLine;

internal static class LineSentences
{
    public static string For(string option, PlainLineRefusal refusal, int longest) => refusal switch
    {
        PlainLineRefusal.Missing => $"{option} is empty.",
        PlainLineRefusal.TooLong => $"{option} may have {longest} characters at most.",
        PlainLineRefusal.ForbiddenCharacter => $"{option} has a character that cannot be seen or breaks the line.",
    };
}
