namespace Cardea.Features.Shared;

public enum NoticeKind { Info, Success, Warning }

/// <summary>The model of _Notice: one message to the person, in a box.</summary>
/// <param name="Language">Of the text, where that may be another than the page's.</param>
public sealed record Notice(NoticeKind Kind, string Text, string? Language = null);
