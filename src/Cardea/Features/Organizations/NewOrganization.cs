using Cardea.Features.Shared;
using Cardea.Rules;
using Cardea.Rules.Accounts;
using Cardea.Rules.Permissions;

namespace Cardea.Features.Organizations;

/// <param name="TimeZone">IANA id, such as "America/Chicago".</param>
public sealed record NewOrganization(string Code, string Name, OrganizationType Type, string TimeZone)
{
    public NewOrganizationRefusals Check() => new()
    {
        Code = SignInNames.CheckOrganizationCode(Code),
        Name = PlainLine.Check(Name, Organization.NameMaxLength),
        TimeZoneIsUnknown = !LocalTime.IsZone(TimeZone),
    };

    public Organization ToOrganization(Guid id, DateTimeOffset now) => new()
    {
        Id = id,
        Code = Code,
        CodeSkeleton = SignInNames.Skeleton(Code),
        Name = PlainLine.Normalize(Name),
        Type = Type,
        TimeZone = TimeZone,
        CreatedAt = now,
    };
}

/// <summary>What is wrong with a new organization, field by field.</summary>
public sealed record NewOrganizationRefusals
{
    public SignInNameRefusal? Code { get; init; }

    public PlainLineRefusal? Name { get; init; }

    public bool TimeZoneIsUnknown { get; init; }

    public bool Any => this != new NewOrganizationRefusals();
}
