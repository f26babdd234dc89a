using Cardea.Data;
using Cardea.Features.Organizations;
using Cardea.Features.SetUp;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.Organizations;

public static class OperatorSteps
{
    extension(CardeaApp app)
    {
        /// <summary>Somebody who runs the registry, at their dashboard.</summary>
        public async Task<PersonBrowser> SignInOperatorAsync() => await app.SignInAsync(await app.AddPersonAsync(roles: Roles.RegistryOperator));

        /// <summary>With the registry's row, as after every set-up.</summary>
        public Task CloseSetUpAsync() => app.RunAsync<SetUpDoor, bool>(async door =>
        {
            await door.CloseAsync(CancellationToken.None);
            return true;
        });

        public Task<Organization> ReadAsync(TestOrganization organization) =>
            app.ReadAsync(db => db.Organizations.AsNoTracking().SingleAsync(o => o.Id == organization.Id));
    }

    extension(TestOrganization organization)
    {
        public string Page => $"/admin/organizations/{organization.Id}";
    }
}
