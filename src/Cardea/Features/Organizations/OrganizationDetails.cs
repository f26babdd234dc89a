using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules;
using Cardea.Rules.Accounts;
using Cardea.Rules.EmailAddresses;
using Cardea.Rules.Organizations;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Organizations;

/// <summary>What is on file about an organization, or shall be.</summary>
/// <param name="Type">Null where none was chosen.</param>
/// <param name="TimeZone">IANA id, such as "America/Chicago".</param>
public sealed record OrganizationDetails(string Code, string Name, OrganizationType? Type, string TimeZone)
{
    private const int VersionBytes = 12;

    /// <summary>See <see cref="Organization.Language"/>.</summary>
    public string? Language { get; init; }

    /// <summary>As <see cref="WorkPhone.Read"/> has it, or, before that, as typed.</summary>
    public string? HelpPhone { get; init; }

    public string? HelpEmail { get; init; }

    /// <summary>Of the agency or company that it is a part of.</summary>
    public string? ParentCode { get; init; }

    public DateOnly? AgreementFrom { get; init; }

    public DateOnly? AgreementUntil { get; init; }

    /// <summary>Of these very values: a form that brings it back shows whether they are still those that it was filled in over.</summary>
    public string Version =>
        Convert.ToBase64String(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Fields.Select(one => one.Value)))[..VersionBytes]);

    private IReadOnlyList<(string Name, string? Value)> Fields =>
    [
        (nameof(Code), Code),
        (nameof(Name), Name),
        (nameof(Type), Type?.ToString()),
        (nameof(TimeZone), TimeZone),
        (nameof(Language), Language),
        (nameof(HelpPhone), HelpPhone),
        (nameof(HelpEmail), HelpEmail),
        (nameof(ParentCode), ParentCode),
        (nameof(AgreementFrom), AgreementFrom?.ToString("O", CultureInfo.InvariantCulture)),
        (nameof(AgreementUntil), AgreementUntil?.ToString("O", CultureInfo.InvariantCulture)),
    ];

    /// <param name="country">Whose phone numbers people type without its prefix.</param>
    public OrganizationDetailsRefusals Check(string country) => new()
    {
        Code = SignInNames.CheckOrganizationCode(Code),
        Name = PlainLine.Check(Name, Organization.NameMaxLength),
        TypeIsMissing = Type is not { } type || !Enum.IsDefined(type),
        TimeZoneIsUnknown = !LocalTime.IsZone(TimeZone),
        LanguageIsUnknown = Language is not null && !Languages.IsKnown(Language),
        HelpPhoneIsNoNumber = !string.IsNullOrWhiteSpace(HelpPhone) && WorkPhone.Read(HelpPhone, country) is not { Length: <= Organization.HelpPhoneMaxLength },
        HelpEmail = string.IsNullOrWhiteSpace(HelpEmail) ? null : EmailAddressRules.Check(HelpEmail),
        AgreementEndsBeforeItBegins = !DataUseAgreementRules.AreInOrder(AgreementFrom, AgreementUntil),
    };

    /// <summary>As it is kept, once it has passed <see cref="Check"/>.</summary>
    public OrganizationDetails Normalized(string country) => this with
    {
        Name = PlainLine.Normalize(Name),
        HelpPhone = string.IsNullOrWhiteSpace(HelpPhone) ? null : WorkPhone.Read(HelpPhone, country),
        HelpEmail = string.IsNullOrWhiteSpace(HelpEmail) ? null : EmailAddressRules.Normalize(HelpEmail),
        ParentCode = string.IsNullOrWhiteSpace(ParentCode) ? null : ParentCode,
    };

    /// <summary>The names of what differs.</summary>
    public IReadOnlyList<string> DifferencesFrom(OrganizationDetails other) =>
        [.. Fields.Zip(other.Fields).Where(pair => pair.First.Value != pair.Second.Value).Select(pair => pair.First.Name)];

    /// <summary>Checked and normalized.</summary>
    public Organization ToOrganization(Guid id, Guid? parentId, DateTimeOffset now)
    {
        var organization = new Organization
        {
            Id = id,
            Code = Code,
            CodeSkeleton = "",
            Name = Name,
            Type = Type!.Value,
            TimeZone = TimeZone,
            CreatedAt = now,
        };
        WriteTo(organization, parentId);
        return organization;
    }

    /// <summary>Checked and normalized.</summary>
    public void WriteTo(Organization organization, Guid? parentId)
    {
        (organization.Code, organization.CodeSkeleton) = (Code, SignInNames.Skeleton(Code));
        (organization.Name, organization.Type, organization.ParentId) = (Name, Type!.Value, parentId);
        (organization.TimeZone, organization.Language) = (TimeZone, Language);
        (organization.HelpPhone, organization.HelpEmail) = (HelpPhone, HelpEmail);
        (organization.AgreementFrom, organization.AgreementUntil) = (AgreementFrom, AgreementUntil);
    }
}

/// <summary>What is wrong with an organization's details, field by field.</summary>
public sealed record OrganizationDetailsRefusals
{
    public SignInNameRefusal? Code { get; init; }

    public PlainLineRefusal? Name { get; init; }

    public bool TypeIsMissing { get; init; }

    public bool TimeZoneIsUnknown { get; init; }

    public bool LanguageIsUnknown { get; init; }

    public bool HelpPhoneIsNoNumber { get; init; }

    public EmailAddressRefusal? HelpEmail { get; init; }

    public bool AgreementEndsBeforeItBegins { get; init; }

    public bool Any => this != new OrganizationDetailsRefusals();
}

public static class OrganizationsOnFile
{
    extension(AppDbContext db)
    {
        /// <summary>Null where there is no such organization.</summary>
        public Task<OrganizationDetails?> FindOrganizationDetailsAsync(Guid organizationId, CancellationToken cancellationToken) =>
            db.Organizations
                .Where(o => o.Id == organizationId)
                .Select(o => new OrganizationDetails(o.Code, o.Name, o.Type, o.TimeZone)
                {
                    Language = o.Language,
                    HelpPhone = o.HelpPhone,
                    HelpEmail = o.HelpEmail,
                    ParentCode = db.Organizations.Where(parent => parent.Id == o.ParentId).Select(parent => parent.Code).FirstOrDefault(),
                    AgreementFrom = o.AgreementFrom,
                    AgreementUntil = o.AgreementUntil,
                })
                .SingleOrDefaultAsync(cancellationToken);

        /// <summary>By its code, exactly (S2-04).</summary>
        public Task<Guid?> FindOrganizationIdAsync(string code, CancellationToken cancellationToken) =>
            db.Organizations.Where(o => o.Code == code).Select(o => (Guid?)o.Id).SingleOrDefaultAsync(cancellationToken);

        /// <summary>Whether <paramref name="part"/> is <paramref name="whole"/>, or a part of it, however many are between them.</summary>
        public async Task<bool> IsPartOfAsync(Guid part, Guid whole, CancellationToken cancellationToken)
        {
            for (Guid? above = part; above is { } id; above = await db.Organizations.Where(o => o.Id == id).Select(o => o.ParentId).SingleAsync(cancellationToken))
            {
                if (id == whole)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
