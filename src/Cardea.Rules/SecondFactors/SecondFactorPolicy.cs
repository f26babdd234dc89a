namespace Cardea.Rules.SecondFactors;

/// <summary>Whom a policy asks for a second factor. Whoever set up an authenticator or a passkey is asked in any case.</summary>
public enum SecondFactorScope
{
    /// <summary>The organization's administrator decides (S1-01).</summary>
    ByOrganization,

    /// <summary>It is said of each account (S0-09).</summary>
    ByAccount,

    Everyone,
}

/// <summary>What holds for second factors in a registry.</summary>
public sealed record SecondFactorPolicy
{
    public required SecondFactorScope Scope { get; init; }

    /// <summary>X-04: administrators, the help desk and operators, whatever the scope says.</summary>
    public bool AlwaysForPrivileged { get; init; } = true;

    public required FactorKinds Allowed { get; init; }

    /// <summary>Whether a passkey is enough to sign in, without name and password: it is two factors by itself.</summary>
    public bool PasskeySignsIn { get; init; }

    /// <summary>Whether an organization may have its people asked only now and then on a device of theirs (S1-08); else every time (N-14).</summary>
    public bool MayBeRemembered { get; init; }
}

/// <summary>What an organization's administrator picks (S1-01).</summary>
public enum OrganizationMethod
{
    Emails,
    Texts,
    UsersChoose,
}

/// <summary>That an organization asks its people for a second factor.</summary>
/// <param name="RememberDays">0 for every time, else 3 to 90 (S1-08).</param>
/// <param name="From">From then on; people who are in go on until their session ends (S1-02).</param>
/// <param name="ChangedAt">What was remembered before counts no more (S1-08).</param>
public sealed record OrganizationSecondFactor(OrganizationMethod Method, int RememberDays, DateTimeOffset From, DateTimeOffset ChangedAt);
