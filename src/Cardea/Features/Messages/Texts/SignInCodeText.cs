namespace Cardea.Features.Messages.Texts;

/// <summary>The code that proves that a person holds their phone (S1-04).</summary>
/// <param name="To">As <see cref="PhoneNumberReading.Accepted"/> has it.</param>
public sealed record SignInCodeText(Guid? AccountId, string To, string? Language, string Code, DateTimeOffset ValidUntil) : IText
{
    public static string Kind => "sign-in-code-text";

    public DateTimeOffset UselessAfter => ValidUntil;

    public string Write(TextContext context) =>
        context.Words["SignInCodeText", context.RegistryName, Code, (int)Math.Ceiling((ValidUntil - context.Now).TotalMinutes)];
}
