using CsCheck;

namespace Cardea.Rules.Tests;

/// <summary>Texts as attackers and phones write them.</summary>
internal static class Texts
{
    private static readonly Gen<string> Piece = Gen.Frequency(
        (6, Gen.Char[' ', '~'].Select(character => character.ToString())),
        (3, Gen.Char.Select(character => character.ToString())),   // half surrogate pairs included
        (2, Gen.OneOf("é", "e\u0301", "\u0301", "ß", "ſ", "ı", "İ", "K", "Σ", "ς", "ﬁ", "а", "Ａ", "𝐚", "👍🏽", "ﷺ")),
        (2, Gen.OneOf("\u200b", "\u202e", "\u00a0", "\u2028", "\0", "\r\n", "\t", "\ufeff", "\ud83d", "\udc4d", "’")));

    /// <summary>Any text at all, well formed or not, up to 40 pieces.</summary>
    public static readonly Gen<string> Any = Piece.Array[0, 40].Select(string.Concat);

    /// <summary>What every person can see and type: 0 to 40 characters of printable ASCII.</summary>
    public static readonly Gen<string> Plain = Gen.Char[' ', '~'].Array[0, 40].Select(characters => new string(characters));
}
