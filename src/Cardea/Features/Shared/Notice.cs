namespace Cardea.Features.Shared;

public enum NoticeKind { Info, Success, Warning }

/// <summary>The model of _Notice: one message to the person, in a box.</summary>
public sealed record Notice(NoticeKind Kind, string Text);
