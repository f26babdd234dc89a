using Cardea.Features.Messages;

namespace Cardea.Features.Organizations;

/// <summary>To an organization's administrators, and to its own help address, which belongs to no account.</summary>
public sealed record AgreementEndsMail(
    Guid? AccountId, string To, string ToName, string? Language, string OrganizationName, DateOnly LastDay) : IMail
{
    public static string Kind => "agreement-ends";

    public DateTimeOffset UselessAfter => new(LastDay.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);

    public bool IsFromHelpDesk => true;

    public MailText Write(MailContext context) => new(context.Words["AgreementEndsSubject"],
    [
        context.Say("AgreementEndsWhat", OrganizationName, context.RegistryName, $"{LastDay:D}"),
        context.Say("AgreementEndsHowOn"),
    ]);
}
