namespace Cardea.Features.Shared;

/// <summary>Marks the texts of the page frame and its partials: Words.resx and its translations.</summary>
public sealed class Words;
