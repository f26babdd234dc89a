using Cardea.Features.People;
using Cardea.Rules.Permissions;
using Cardea.Tests.SecondFactors;

namespace Cardea.Tests.People;

/// <summary>Those who manage people, at their console.</summary>
public static class Console
{
    extension(CardeaApp app)
    {
        /// <summary>Signed in with a second factor a moment ago.</summary>

        public Task<TestPerson> AddAdministratorAsync(TestOrganization? organization = null) =>
            app.AddPersonAsync(organization: organization, roles: Roles.Administrator);

        public Task<TestPerson> AddHelpDeskAsync() => app.AddPersonAsync(roles: Roles.HelpDesk);
    }

    extension(PersonBrowser browser)
    {
        public Task OpenPersonAsync(TestPerson person) => browser.OpenAsync(PersonModel.PathOf(person.Id));

        public Task OpenActAsync(PersonAct act, TestPerson person) => browser.OpenAsync(PersonActs.PathOf(act, person.Id));
    }
}
