using System.Text.Json.Serialization;
using Cardea.Features.Audit;
using Cardea.Rules.Permissions;

namespace Cardea.Features.Accounts;

/// <param name="Audience">Left out for staff.</param>
public sealed record AccountCreated(
    [property: JsonIgnore] Guid AccountId,
    [property: JsonIgnore] Guid HomeOrganizationId,
    [property: JsonConverter(typeof(JsonStringEnumConverter))] Roles Roles,
    [property: JsonConverter(typeof(JsonStringEnumConverter)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Audience Audience) : IAuditEvent
{
    public static string Name => "account.created.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;
}

/// <summary>Beside <see cref="AccountCreated"/>, under a name that nobody overlooks: from now on this person runs the registry .</summary>
public sealed record OperatorCreated([property: JsonIgnore] Guid AccountId, [property: JsonIgnore] Guid HomeOrganizationId) : IAuditEvent
{
    public static string Name => "operator.created.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;
}

public sealed record AccountDisabled(
    [property: JsonIgnore] Guid AccountId,
    [property: JsonIgnore] Guid HomeOrganizationId,
    int SessionsEnded,
    [property: JsonIgnore] string? Why) : IAuditEvent
{
    public static string Name => "account.disabled.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;

    public string? Reason => Why;
}

public sealed record AccountEnabled(
    [property: JsonIgnore] Guid AccountId, [property: JsonIgnore] Guid HomeOrganizationId, [property: JsonIgnore] string? Why) : IAuditEvent
{
    public static string Name => "account.enabled.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;

    public string? Reason => Why;
}

public sealed record LanguageChanged([property: JsonIgnore] Guid AccountId, string Language) : IAuditEvent
{
    public static string Name => "account.language_changed.v1";

    public Guid? SubjectId => AccountId;
}

/// <summary>Failed tries against it were forgotten.</summary>
public sealed record AccountUnlocked([property: JsonIgnore] Guid AccountId, [property: JsonIgnore] Guid HomeOrganizationId) : IAuditEvent
{
    public static string Name => "account.unlocked.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;
}

public sealed record NewPasswordGiven(
    [property: JsonIgnore] Guid AccountId,
    [property: JsonIgnore] Guid HomeOrganizationId,
    int SessionsEnded) : IAuditEvent
{
    public static string Name => "password.given.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;
}

/// <summary>Out of sight, and shut; restored as it was until it is forgotten.</summary>
public sealed record AccountDeleted(
    [property: JsonIgnore] Guid AccountId, [property: JsonIgnore] Guid HomeOrganizationId, int SessionsEnded, [property: JsonIgnore] string Why) : IAuditEvent
{
    public static string Name => "account.deleted.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;

    public string? Reason => Why;
}

public sealed record AccountRestored(
    [property: JsonIgnore] Guid AccountId, [property: JsonIgnore] Guid HomeOrganizationId, [property: JsonIgnore] string Why) : IAuditEvent
{
    public static string Name => "account.restored.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;

    public string? Reason => Why;
}

/// <param name="From">What the person was in their home organization until then.</param>
public sealed record RolesChanged(
    [property: JsonIgnore] Guid AccountId,
    [property: JsonIgnore] Guid HomeOrganizationId,
    [property: JsonConverter(typeof(JsonStringEnumConverter))] Roles From,
    [property: JsonConverter(typeof(JsonStringEnumConverter))] Roles To) : IAuditEvent
{
    public static string Name => "account.roles_changed.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;
}

/// <summary>By somebody who manages people (V7.4.5).</summary>
public sealed record SessionsEndedByManager(
    [property: JsonIgnore] Guid AccountId, [property: JsonIgnore] Guid HomeOrganizationId, int SessionsEnded) : IAuditEvent
{
    public static string Name => "sessions.ended_by_manager.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;
}

/// <param name="Fields">Which of what is on file are others now; not what they were or are.</param>
public sealed record PersonChanged(
    [property: JsonIgnore] Guid AccountId, [property: JsonIgnore] Guid HomeOrganizationId, IReadOnlyList<string> Fields) : IAuditEvent
{
    public static string Name => "account.changed.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;
}
