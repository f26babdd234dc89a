using System.ComponentModel.DataAnnotations;
using Cardea.Features.Sessions;
using Cardea.Rules.SecondFactors;
using Microsoft.Extensions.Options;

namespace Cardea.Features.SecondFactors;

/// <summary>The settings under "Cardea:SecondFactors".</summary>
public sealed class SecondFactorSettings : IValidatableObject
{
    public const string Section = "Cardea:SecondFactors";

    /// <summary>Stand for the person's own in <see cref="AuthenticatorLabel"/>.</summary>
    public const string Username = "{username}", OrganizationCode = "{organization}";

    public SecondFactorScope Scope { get; set; }

    public bool AlwaysForPrivileged { get; set; } = true;

    /// <summary>Such as "Authenticator, Passkey".</summary>
    public FactorKinds Allowed { get; set; } = FactorKinds.Authenticator;

    public bool MayBeRemembered { get; set; }

    /// <summary>Of no effect where <see cref="Allowed"/> has no passkey.</summary>
    public bool PasskeySignsIn { get; set; }

    /// <summary>How an authenticator app names the registry (S0-10); its display name unless given.</summary>
    [StringLength(60)]
    public string? AuthenticatorIssuer { get; set; }

    /// <summary>How it names the account (S0-10).</summary>
    [StringLength(60, MinimumLength = 1)]
    public string AuthenticatorLabel { get; set; } = $"{Username} @ {OrganizationCode}";

    /// <summary>How devices name a person's account, with an app as with a passkey.</summary>
    public string LabelOf(SignedInPerson person) => AuthenticatorLabel
        .Replace(Username, person.Username, StringComparison.Ordinal)
        .Replace(OrganizationCode, person.OrganizationCode, StringComparison.Ordinal);

    public SecondFactorPolicy ToPolicy() => new()
    {
        Scope = Scope,
        AlwaysForPrivileged = AlwaysForPrivileged,
        Allowed = Allowed,
        MayBeRemembered = MayBeRemembered,
        PasskeySignsIn = PasskeySignsIn && Allowed.HasFlag(FactorKinds.Passkey),
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if ((Allowed & (FactorKinds.Authenticator | FactorKinds.Passkey)) is FactorKinds.None)
        {
            yield return new($"{Section}:Allowed must have Authenticator or Passkey: a code by mail or text alone is too weak to be the only way.");
        }

        if (AuthenticatorIssuer?.Contains(':', StringComparison.Ordinal) is true || AuthenticatorLabel.Contains(':', StringComparison.Ordinal))
        {
            yield return new($"{Section}:AuthenticatorIssuer and {Section}:AuthenticatorLabel may have no colon: apps cut the name there.");
        }
    }
}

[OptionsValidator]
public sealed partial class SecondFactorSettingsValidator : IValidateOptions<SecondFactorSettings>;
