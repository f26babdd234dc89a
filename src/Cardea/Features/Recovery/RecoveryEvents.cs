using System.Text.Json.Serialization;
using Cardea.Features.Audit;
using Cardea.Rules.Recovery;

namespace Cardea.Features.Recovery;

/// <summary>What came of asking for a reset link: for the audit trail, never for whoever asked (S2-31).</summary>
public enum ResetAnswer
{
    LinkSent,
    NobodyLikeThat,

    /// <summary>A mail said why.</summary>
    Refused,

    /// <summary>So many were sent within the hour that this one was not answered.</summary>
    MailEnough,
}

public sealed record ResetAsked(
    [property: JsonIgnore] Guid? AccountId,
    [property: JsonIgnore] Guid? OrganizationOfAccount,
    [property: JsonConverter(typeof(JsonStringEnumConverter))] ResetAnswer Answer,
    [property: JsonIgnore] RecoveryRefusal? Refusal = null) : IAuditEvent
{
    public static string Name => "reset.asked.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => OrganizationOfAccount;

    public AuditOutcome Outcome => Answer is ResetAnswer.LinkSent ? AuditOutcome.Success : AuditOutcome.Failure;

    public string? Reason => Refusal?.ToString();
}

/// <param name="AccountId">The first of those to whom the address belongs.</param>
public sealed record SignInNamesAsked([property: JsonIgnore] Guid? AccountId, [property: JsonIgnore] bool WereSent) : IAuditEvent
{
    public static string Name => "sign_in_names.asked.v1";

    public Guid? SubjectId => AccountId;

    public AuditOutcome Outcome => WereSent ? AuditOutcome.Success : AuditOutcome.Failure;
}

/// <summary>All that was asked for beside the link.</summary>
/// <param name="By">See <see cref="ProofAfterLink"/>; of second factors, which.</param>
public sealed record ResetProven([property: JsonIgnore] Guid AccountId, [property: JsonIgnore] Guid OrganizationOfAccount, string By) : IAuditEvent
{
    public static string Name => "reset.proven.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => OrganizationOfAccount;
}

/// <param name="Failures">In a row, this one included; 0 when it was not looked at.</param>
public sealed record ResetProofRefused(
    [property: JsonIgnore] Guid AccountId, [property: JsonIgnore] Guid OrganizationOfAccount, string By, int Failures) : IAuditEvent
{
    public static string Name => "reset.proof_refused.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => OrganizationOfAccount;

    public AuditOutcome Outcome => AuditOutcome.Failure;
}

/// <summary>The third wrong answer: until an administrator or the help desk unlocks it (S2-34).</summary>
public sealed record AccountHardLocked([property: JsonIgnore] Guid AccountId, [property: JsonIgnore] Guid OrganizationOfAccount) : IAuditEvent
{
    public static string Name => "account.hard_locked.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => OrganizationOfAccount;

    public AuditOutcome Outcome => AuditOutcome.Failure;
}

/// <summary>By a mailed link (S2-36).</summary>
public sealed record PasswordReset(
    [property: JsonIgnore] Guid AccountId, [property: JsonIgnore] Guid OrganizationOfAccount, int SessionsEnded) : IAuditEvent
{
    public static string Name => "password.reset.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => OrganizationOfAccount;
}
