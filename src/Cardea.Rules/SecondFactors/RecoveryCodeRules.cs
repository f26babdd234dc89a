namespace Cardea.Rules.SecondFactors;

/// <summary>A recovery code as it was typed.</summary>
/// <param name="Position">Which of the ten it is: only that one is compared, with one hash.</param>
/// <param name="Text">All its characters, as they are hashed.</param>
public sealed record RecoveryCode(int Position, string Text);

/// <summary>
/// Ten codes to keep in a drawer, each good once (S1-12). Sixteen characters, of which the first only says which code it is: 75 bits of
/// chance are left, more than the 64 that N-11 asks for.
/// </summary>
public static class RecoveryCodeRules
{
    public const int Codes = 10;
    public const int Characters = 16;

    /// <summary>From here on people are told to make new ones.</summary>
    public const int FewLeft = 2;

    /// <summary>Crockford's base 32: no letter in it can be taken for a digit.</summary>
    public const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private const int Group = 4;

    /// <summary>Characters of input; more than any way to write a code.</summary>
    private const int LongestInput = 60;

    /// <param name="chance">15 characters of the alphabet.</param>
    public static RecoveryCode New(int position, string chance) => new(position, Alphabet[position] + chance);

    /// <summary>As it is shown: "3K7Q-…", in groups of four.</summary>
    public static string Shown(RecoveryCode code) => string.Join('-', code.Text.Chunk(Group).Select(group => new string(group)));

    /// <summary>Null for what is no code. Case, spaces and hyphens do not matter, nor that O was typed for 0, or I or L for 1.</summary>
    public static RecoveryCode? Read(string? typed)
    {
        if (typed is null or { Length: > LongestInput })
        {
            return null;
        }

        var text = string.Concat(typed.Where(c => !char.IsWhiteSpace(c) && c is not '-').Select(Meant));
        return text.Length == Characters && text.All(c => Alphabet.Contains(c, StringComparison.Ordinal)) && Alphabet.IndexOf(text[0], StringComparison.Ordinal) is < Codes and var position
            ? new(position, text)
            : null;
    }

    private static char Meant(char typed) => char.ToUpperInvariant(typed) switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        var other => other,
    };
}
