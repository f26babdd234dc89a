namespace Cardea.Features.Messages;

/// <summary>Marks the texts of all mails: Words.resx and its translations.</summary>
public sealed class Words;
