namespace Cardea.Rules.SecondFactors;

/// <summary>What proves a person beside the password, the weaker before the stronger. The values are kept in the database: never changed.</summary>
[Flags]
public enum FactorKinds
{
    None = 0,

    /// <summary>A code sent to the address on file. Never counts as a factor outside: whoever reads the mail may have reset the password (N-09, K-07).</summary>
    Email = 1,

    /// <summary>A code sent to a phone: restricted, so there is always another way on offer (N-10).</summary>
    Text = 2,

    /// <summary>An app that shows a new code every 30 seconds (RFC 6238).</summary>
    Authenticator = 4,

    /// <summary>A key in a device, bound to our own address: it cannot be phished (N-12).</summary>
    Passkey = 8,
}
