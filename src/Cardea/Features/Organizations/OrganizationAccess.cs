using Cardea.Features.Sessions;
using Cardea.Policies;
using Cardea.Rules.Permissions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Cardea.Features.Organizations;

public static class OrganizationAccess
{
    extension(PolicyBook policies)
    {
        public bool MayManageOrganizations(SignedInPerson person) => policies.PermissionsOf(person).Contains(PermissionRules.OrganizationsManage);

        /// <summary>Whoever manages the people of one organization sees how it stands with it, and with no other .</summary>
        public bool MaySeeOrganization(SignedInPerson person, Guid organizationId)
        {
            var held = policies.PermissionsOf(person);
            return held.Contains(PermissionRules.OrganizationsManage)
                || (held.Contains(PermissionRules.PeopleManage) && person.OrganizationId == organizationId);
        }

        private IReadOnlyList<string> PermissionsOf(SignedInPerson person) =>
            PermissionRules.For(person.Standing.Roles, person.OrganizationType, policies.For(person.OrganizationId).Grants);
    }
}

/// <summary>Stands before the pages for managing organizations: for everybody else they are not there.</summary>
public sealed class OrganizationsGuard(PolicyBook policies) : IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (context.HttpContext.Person is not { } person || !policies.MayManageOrganizations(person))
        {
            context.Result = new NotFoundResult();
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
