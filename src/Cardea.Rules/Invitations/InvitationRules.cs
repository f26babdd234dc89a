namespace Cardea.Rules.Invitations;

/// <summary>Why nobody is invited, or why an invitation that was sent is over.</summary>
public enum InvitationRefusal
{
    Disabled,

    /// <summary>It must be reactivated, for a reason (S2-19).</summary>
    Inactive,

    /// <summary>Its person has been in, or has something of their own to prove it with: a mail alone must not open it.</summary>
    InUse,
}

/// <summary>What is known of an account.</summary>
/// <param name="PasswordIsTemporary">Or there is none yet.</param>
/// <param name="HasOwnProofs">A second factor, recovery codes or answers to security questions.</param>
public sealed record InvitationFacts(bool IsDisabled, bool IsInactive, bool PasswordIsTemporary, DateTimeOffset? LastSignInCompletedAt, bool HasOwnProofs);

/// <summary>Who may choose the first password by a mailed link alone: whoever has never been in (S2-03).</summary>
public static class InvitationRules
{
    /// <summary>Null for whoever may.</summary>
    public static InvitationRefusal? Check(InvitationFacts facts) => facts switch
    {
        { IsDisabled: true } => InvitationRefusal.Disabled,
        { PasswordIsTemporary: false } or { LastSignInCompletedAt: not null } or { HasOwnProofs: true } => InvitationRefusal.InUse,
        { IsInactive: true } => InvitationRefusal.Inactive,
        _ => null,
    };
}
