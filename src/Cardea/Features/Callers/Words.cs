namespace Cardea.Features.Callers;

/// <summary>Marks this feature's texts: Words.resx and its translations.</summary>
public sealed class Words;
