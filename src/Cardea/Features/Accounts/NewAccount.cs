using Cardea.Hosting;
using Cardea.Rules;
using Cardea.Rules.Accounts;
using Cardea.Rules.EmailAddresses;
using Cardea.Rules.Permissions;
using Cardea.Rules.SignIn;

namespace Cardea.Features.Accounts;

/// <summary>
/// A person for whom an account is made. There is no password here: whoever creates accounts for others never chooses or knows one that lasts
/// (V6.4.6).
/// </summary>
/// <param name="Username">Not looked at where people sign in with their email address, as patients do everywhere.</param>
/// <param name="Language">"en", "es" or "fr"; null leaves it to the person.</param>
/// <param name="Roles">None for a patient.</param>
/// <param name="SecondFactorRequired">See <see cref="Account.SecondFactorRequired"/>.</param>
/// <param name="Audience">For good .</param>
public sealed record NewAccount(
    string Username, string GivenName, string FamilyName, string Email, Roles Roles, string? Language = null, bool SecondFactorRequired = false,
    Audience Audience = Audience.Staff)
{
    /// <param name="ofStaff">What the policy asks of staff.</param>
    public string SignInName(IdentifierKind ofStaff)
    {
        var identifier = Accounts.SignInName.IdentifierFor(Audience, ofStaff);
        return Accounts.SignInName.Kept(identifier, identifier is IdentifierKind.EmailAddress ? Email : Username);
    }

    /// <param name="ofStaff">What the policy asks of staff.</param>
    public NewAccountRefusals Check(IdentifierKind ofStaff) => new()
    {
        Username = Accounts.SignInName.IdentifierFor(Audience, ofStaff) is IdentifierKind.EmailAddress ? null : SignInNames.CheckUsername(Username),
        GivenName = PlainLine.Check(GivenName, Account.NameMaxLength),
        FamilyName = PlainLine.Check(FamilyName, Account.NameMaxLength),
        Email = EmailAddressRules.Check(Email),
        RolesAreMissing = Audience is Audience.Staff && Roles is Roles.None,
        IsForStaffOnly = Audience is Audience.Patient && (Roles is not Roles.None || SecondFactorRequired),
        LanguageIsUnknown = Language is not null && !Languages.IsKnown(Language),
    };
}

/// <summary>What is wrong with a new account, field by field.</summary>
public sealed record NewAccountRefusals
{
    public SignInNameRefusal? Username { get; init; }

    public PlainLineRefusal? GivenName { get; init; }

    public PlainLineRefusal? FamilyName { get; init; }

    public EmailAddressRefusal? Email { get; init; }

    public bool RolesAreMissing { get; init; }

    /// <summary>A role, or a second factor, for a patient (S1-09).</summary>
    public bool IsForStaffOnly { get; init; }

    public bool LanguageIsUnknown { get; init; }

    public bool Any => this != new NewAccountRefusals();
}
