namespace Cardea.Rules.SignIn;

/// <summary>What a person types to say who they are (S0-03, S1-10).</summary>
public enum IdentifierKind
{
    OrganizationCodeAndUsername,
    Username,
    EmailAddress,
}
