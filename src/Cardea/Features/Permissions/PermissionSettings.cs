using System.ComponentModel.DataAnnotations;
using Cardea.Rules.Permissions;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Permissions;

/// <summary>The table under "Cardea:Permissions": role × type of organization → permission (S2-01).</summary>
public sealed class PermissionSettings : IValidatableObject
{
    public const string Section = "Cardea:Permissions";

    [MinLength(1)]
    public IList<Grant> Grants { get; init; } = [];

    public IReadOnlyList<PermissionGrant> ToTable() => [.. Grants.Select(grant => new PermissionGrant(grant.Permission, grant.AnyOf, [.. grant.AtTypes]))];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from row in Grants.Select((grant, index) => (grant.Permission, Index: index))
        where string.IsNullOrWhiteSpace(row.Permission)
        select new ValidationResult($"{Section}:Grants:{row.Index}:Permission is empty: say what the row grants, such as {PermissionRules.ClientView}.");

    public sealed class Grant
    {
        public string Permission { get; set; } = "";

        /// <summary>"Standard, Administrator" and so on; unset means any role.</summary>
        public Roles AnyOf { get; set; }

        /// <summary>Empty means every type.</summary>
        public IList<OrganizationType> AtTypes { get; init; } = [];
    }
}

[OptionsValidator]
public sealed partial class PermissionSettingsValidator : IValidateOptions<PermissionSettings>;
