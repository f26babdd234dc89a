using Cardea.Features.People;
using Cardea.Rules.Permissions;
using Cardea.Tests.EmailAddresses;
using Cardea.Tests.SecondFactors;

namespace Cardea.Tests.People;

/// <summary>Those who manage people, at their console.</summary>
public static class Console
{
    extension(CardeaApp app)
    {
        public Task<TestPerson> AddAdministratorAsync(TestOrganization? organization = null) =>
            app.AddPersonAsync(organization: organization, roles: Roles.Administrator);

        public Task<TestPerson> AddHelpDeskAsync() => app.AddPersonAsync(roles: Roles.HelpDesk);

        /// <summary>On the page for it: the helper has a code mailed, and the caller reads it out.</summary>
        public async Task CheckCallerAsync(PersonBrowser helper, TestPerson caller)
        {
            await helper.ClickAsync("Mail a code to the address on file");
            helper.Fill("Code that the caller reads", await app.CallerCodeMailedToAsync(caller));
            await helper.ClickAsync("Check the code");
        }

        /// <summary>The newest.</summary>
        public async Task<string> CallerCodeMailedToAsync(TestPerson caller) =>
            await app.CodeSentToAsync(caller.Email, await app.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.AccountId == caller.Id)));
    }

    extension(PersonBrowser browser)
    {
        public Task OpenPersonAsync(TestPerson person) => browser.OpenAsync(PersonModel.PathOf(person.Id));

        public Task OpenActAsync(PersonAct act, TestPerson person) => browser.OpenAsync(PersonActs.PathOf(act, person.Id));
    }
}
