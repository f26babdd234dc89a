namespace Cardea.Features.Shared;

/// <summary>The model of _PasswordRequirements: what a new password must have, told before and while it is typed.</summary>
/// <param name="FieldId">The id of the password field whose text the list follows.</param>
/// <param name="Specials">The characters of which one must occur; null where none must.</param>
public sealed record PasswordRequirements(
    string FieldId, int MinimumLength, int MaximumLength, bool Upper, bool Lower, bool Digit, string? Specials)
{
    /// <summary>What is checked only on the server, for instance "different from your name".</summary>
    public IReadOnlyList<string> Further { get; init; } = [];

    /// <summary>Where the page is asked how strong what was typed is; null where it cannot be.</summary>
    public string? StrengthHandler { get; init; }
}
