using Cardea.Features.Accounts;
using Cardea.Rules.Accounts;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.Infrastructure;

/// <summary>People who work for more than one organization.</summary>
public static class TestAccess
{
    extension(CardeaApp app)
    {
        /// <summary>As the command line would: above it nobody stands.</summary>
        public Task<GiveAccessOutcome> GiveAccessAsync(TestPerson person, TestOrganization further, Roles roles = Roles.Standard, string? username = null) =>
            app.RunAsync<GiveAccess, GiveAccessOutcome>(o => o.RunAsync(
                new(person.Id, person.Organization.Id), new(further.Code, roles, username), CancellationToken.None));

        public Task<EndAccessOutcome> EndAccessAsync(TestPerson person, TestOrganization further) =>
            app.RunAsync<EndAccess, EndAccessOutcome>(o => o.RunAsync(new(person.Id, person.Organization.Id), further.Id, "Left", CancellationToken.None));

        /// <summary>Somebody who signs in with their email address, and types the code of no organization.</summary>
        public async Task<TestPerson> AddPersonByEmailAsync(Roles roles = Roles.Standard, TestOrganization? organization = null)
        {
            var person = await app.AddPersonAsync(roles: roles, organization: organization);
            await app.WriteAsync(db => db.SignInNames.Where(name => name.AccountId == person.Id).ExecuteUpdateAsync(set => set
                .SetProperty(name => name.Scope, SignInName.AllEmailAddresses)
                .SetProperty(name => name.Name, person.Email)
                .SetProperty(name => name.Skeleton, SignInNames.Skeleton(person.Email))
                .SetProperty(name => name.TryKey, (byte[]?)null)));
            await app.WriteAsync(async db =>
            {
                await new FindablePeople(db).RefreshAsync(person.Id, CancellationToken.None);
                await db.SaveChangesAsync();
            });
            return person;
        }

        public async Task<PersonBrowser> SignInByEmailAsync(TestPerson person)
        {
            var browser = app.OpenBrowser();
            await browser.OpenAsync("/sign-in");
            await browser.SignInByEmailAsync(person.Email, person.Password);
            return browser;
        }

        /// <summary>For that organization, by its code.</summary>
        public async Task<PersonBrowser> SignInAtAsync(TestOrganization organization, TestPerson person, string? username = null)
        {
            var browser = app.OpenBrowser();
            await browser.OpenAsync("/sign-in");
            await browser.SignInAsync(organization.Code, username ?? person.Username, person.Password);
            return browser;
        }

        public async Task<(string Code, Roles Roles)> WorksForAsync(PersonBrowser browser)
        {
            var person = await app.PersonOfAsync(browser);
            return (person.OrganizationCode, person.Standing.Roles);
        }
    }

    extension(PersonBrowser browser)
    {
        public async Task ChooseAsync(TestOrganization organization)
        {
            var form = browser.FormOf("Continue");
            form.Add("Input.Organization", organization.Id.ToString());
            await browser.SubmitAsync(form);
        }
    }
}
