using System.Text.Json.Serialization;
using Cardea.Features.Audit;

namespace Cardea.Features.SignIn;

/// <summary>Why a sign-in was refused: for the audit trail, never for the person in front of the form (S0-05).</summary>
public enum SignInRefusal
{
    UnknownName,
    WrongPassword,
    Disabled,
    Locked,
    TemporaryPasswordTooOld,

    /// <summary>By wrong answers to a security question (S2-34); whoever has the right password is told.</summary>
    HardLocked,

    /// <summary>Not used for too long (S2-19).</summary>
    Inactive,

    /// <summary>Too old, spent, from another browser, or none of ours.</summary>
    NoPasskeyChallenge,
    WrongPasskey,
    PasskeyCountFell,

    /// <summary>It is one, but it is not accepted as the whole sign-in.</summary>
    PasskeyNotAllowed,
}

public sealed record SignInSucceeded(
    [property: JsonIgnore] Guid AccountId,
    [property: JsonIgnore] Guid OrganizationOfAccount,
    Guid SessionId,
    string Methods,
    bool Complete) : IAuditEvent
{
    public static string Name => "sign_in.succeeded.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => OrganizationOfAccount;
}

/// <summary>Of several for which the person works.</summary>
public sealed record OrganizationChosen(
    [property: JsonIgnore] Guid AccountId, [property: JsonIgnore] Guid Organization, Guid SessionId) : IAuditEvent
{
    public static string Name => "session.organization_chosen.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => Organization;
}

public sealed record SignInRefused(
    [property: JsonIgnore] Guid? AccountId,
    [property: JsonIgnore] Guid? OrganizationOfAccount,
    [property: JsonIgnore] SignInRefusal Refusal) : IAuditEvent
{
    public static string Name => "sign_in.refused.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => OrganizationOfAccount;

    public AuditOutcome Outcome => AuditOutcome.Failure;

    public string? Reason => Refusal.ToString();
}

/// <summary>The hard stop: from now on only a known device or a passkey gets in (S0-08).</summary>
public sealed record SignInStopped(
    [property: JsonIgnore] Guid AccountId,
    [property: JsonIgnore] Guid OrganizationOfAccount,
    int Failures) : IAuditEvent
{
    public static string Name => "sign_in.stopped.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => OrganizationOfAccount;

    public AuditOutcome Outcome => AuditOutcome.Failure;
}

public sealed record SignInLocked(
    [property: JsonIgnore] Guid AccountId,
    [property: JsonIgnore] Guid OrganizationOfAccount,
    int Failures) : IAuditEvent
{
    public static string Name => "sign_in.locked.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => OrganizationOfAccount;

    public AuditOutcome Outcome => AuditOutcome.Failure;
}
