using System.Text.Json.Serialization;
using Cardea.Features.Audit;
using Cardea.Rules.SecondFactors;

namespace Cardea.Features.SecondFactors;

public sealed record FactorAdded([property: JsonIgnore] Guid AccountId, Guid FactorId, string Kind) : IAuditEvent
{
    public static string Name => "factor.added.v1";

    public Guid? SubjectId => AccountId;
}

/// <summary>The name itself is not kept in the trail: it is free text.</summary>
public sealed record FactorRenamed([property: JsonIgnore] Guid AccountId, Guid FactorId, string Kind) : IAuditEvent
{
    public static string Name => "factor.renamed.v1";

    public Guid? SubjectId => AccountId;
}

public sealed record FactorRemoved([property: JsonIgnore] Guid AccountId, string Kind, [property: JsonIgnore] FactorEnd Because) : IAuditEvent
{
    public static string Name => "factor.removed.v1";

    public Guid? SubjectId => AccountId;

    public string? Reason => Because.ToString();
}

/// <summary>Nobody is let in by it any more; see <see cref="Factor.BlockedAt"/>.</summary>
public sealed record FactorBlocked([property: JsonIgnore] Guid AccountId, string Kind) : IAuditEvent
{
    public static string Name => "factor.blocked.v1";

    public Guid? SubjectId => AccountId;

    public AuditOutcome Outcome => AuditOutcome.Failure;
}

/// <param name="Number">How many it makes in the running hour.</param>
public sealed record SecondFactorCodeSent([property: JsonIgnore] Guid AccountId, Guid SessionId, string Kind, int Number) : IAuditEvent
{
    public static string Name => "second_factor.code_sent.v1";

    public Guid? SubjectId => AccountId;
}

/// <param name="Way">What was proven: a kind of factor, or a recovery code.</param>
public sealed record SecondFactorProven([property: JsonIgnore] Guid AccountId, Guid SessionId, string Way) : IAuditEvent
{
    public static string Name => "second_factor.proven.v1";

    public Guid? SubjectId => AccountId;
}

/// <summary>Why a code was not accepted: for the audit trail and, as far as it helps, for the person, who has proven the password.</summary>
public enum SecondFactorRefusal
{
    WrongCode,
    UsedCode,

    /// <summary>There was none to try: spent, too old, tried too often, or replaced by a newer one.</summary>
    NoCode,
    ClockIsOff,
    Locked,

    /// <summary>Not for this address, this person or this question, not verified, or not signed by that key: the handler does not say which.</summary>
    WrongPasskey,

    /// <summary>See <see cref="PasskeyCountFell"/>.</summary>
    PasskeyCountFell,
}

/// <param name="Failures">In a row, this one included; 0 when it was not looked at.</param>
public sealed record SecondFactorRefused(
    [property: JsonIgnore] Guid AccountId, Guid SessionId, string Way, int Failures, [property: JsonIgnore] SecondFactorRefusal Refusal) : IAuditEvent
{
    public static string Name => "second_factor.refused.v1";

    public Guid? SubjectId => AccountId;

    public AuditOutcome Outcome => AuditOutcome.Failure;

    public string? Reason => Refusal.ToString();
}

/// <param name="Method">Or "Off".</param>
public sealed record SecondFactorSettingChanged(
    [property: JsonIgnore] Guid Organization, string Method, int RememberDays, DateTimeOffset From) : IAuditEvent
{
    public static string Name => "organization.second_factor_changed.v1";

    public Guid? SubjectId => null;

    public Guid? OrganizationId => Organization;
}

public sealed record DeviceRemembered([property: JsonIgnore] Guid AccountId, Guid DeviceId) : IAuditEvent
{
    public static string Name => "device.remembered.v1";

    public Guid? SubjectId => AccountId;
}

/// <summary>The second factor is asked for again everywhere.</summary>
public sealed record DevicesForgotten([property: JsonIgnore] Guid AccountId, int Devices) : IAuditEvent
{
    public static string Name => "devices.forgotten.v1";

    public Guid? SubjectId => AccountId;
}

public sealed record RecoveryCodesMade([property: JsonIgnore] Guid AccountId) : IAuditEvent
{
    public static string Name => "recovery_codes.made.v1";

    public Guid? SubjectId => AccountId;
}

public sealed record RecoveryCodeUsed([property: JsonIgnore] Guid AccountId, int Left) : IAuditEvent
{
    public static string Name => "recovery_code.used.v1";

    public Guid? SubjectId => AccountId;
}

/// <summary>A passkey counts how often it signs, and has not counted on: there may be a copy of it .</summary>
public sealed record PasskeyCountFell([property: JsonIgnore] Guid AccountId) : IAuditEvent
{
    public static string Name => "passkey.count_fell.v1";

    public Guid? SubjectId => AccountId;

    public AuditOutcome Outcome => AuditOutcome.Failure;
}
