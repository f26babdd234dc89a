using Cardea.Features.Accounts;

namespace Cardea.Features.Recovery;

public enum RecoveryWishKind
{
    /// <summary>A link to reset the password (S2-30).</summary>
    Link,

    /// <summary>What one signs in with .</summary>
    SignInNames,
}

/// <summary>What somebody asked for, as typed. Whether anybody is on file like that is nobody's business yet.</summary>
/// <param name="OrganizationCode">Null where the policy does not ask for it.</param>
/// <param name="Username">Null where people sign in by email address.</param>
/// <param name="Email">Null where the username alone is asked for (S0-12).</param>
/// <param name="Language">Of the page: the mail speaks it to whoever has not chosen one.</param>
/// <param name="Address">From which it was asked, for the audit trail.</param>
public sealed record RecoveryWish(
    RecoveryWishKind Kind, Audience Audience, string? OrganizationCode, string? Username, string? Email, string Language, string Address)
{
    /// <summary>Without what was typed.</summary>
    public override string ToString() => Kind.ToString();
}
