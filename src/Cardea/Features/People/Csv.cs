namespace Cardea.Features.People;

/// <summary>Lines for spreadsheets (RFC 4180) that stay what they are: none becomes a formula there (V1.2.10).</summary>
public static class Csv
{
    public static string Line(IEnumerable<string?> cells) => string.Join(',', cells.Select(cell => Cell(cell ?? ""))) + "\r\n";

    /// <summary>
    /// Always in quotes. What a spreadsheet would take for a formula begins with an apostrophe: an equals sign, plus, minus, at, tab or line end,
    /// also in their full-width forms, and behind spaces.
    /// </summary>
    private static string Cell(string text)
    {
        var plain = text.Replace("\0", "", StringComparison.Ordinal);
        var isFormula = plain.TrimStart(' ', '\u00a0') is [var first, ..] && first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠';
        return $"\"{(isFormula ? "'" : "")}{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
