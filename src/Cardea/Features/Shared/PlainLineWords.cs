using Cardea.Rules;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Shared;

/// <summary>Why a line is refused, with the label of its field. A new reason without words does not compile (CS8509).</summary>
public static class PlainLineWords
{
    public static string Of(PlainLineRefusal reason, string label, int longest, IStringLocalizer<Words> words) => reason switch
    {
        PlainLineRefusal.Missing => words["LineMissing", label],
        PlainLineRefusal.TooLong => words["LineTooLong", label, longest],
        PlainLineRefusal.ForbiddenCharacter => words["LineForbiddenCharacter", label],
    };
}
