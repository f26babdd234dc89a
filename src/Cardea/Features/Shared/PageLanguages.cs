namespace Cardea.Features.Shared;

/// <summary>The languages of the product, each under its own name, in the order in which they are offered.</summary>
public static class PageLanguages
{
    public static IReadOnlyList<(string Code, string Name)> All { get; } = [("en", "English"), ("es", "Español"), ("fr", "Français")];
}
