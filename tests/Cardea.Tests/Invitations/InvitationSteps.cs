using Cardea.Features.Accounts;
using Cardea.Features.Invitations;
using Cardea.Rules.Permissions;
using Cardea.Tests.EmailAddresses;
using Cardea.Tests.Recovery;

namespace Cardea.Tests.Invitations;

/// <summary>What an administrator does who invites somebody, and what the person gets.</summary>
public static class InvitationSteps
{
    /// <summary>Of the command line, which has no settings but those that it is given.</summary>
    public const string PublicAddressOption = $"--Cardea:PublicAddress={AppsWithLinks.PublicAddress}";

    private const string Welcome = "/welcome?link=";

    private static int _invited;

    extension(CardeaApp app)
    {
        /// <returns>They know no password yet.</returns>
        public async Task<TestPerson> InviteAsync(TestOrganization? organization = null, Roles roles = Roles.Standard)
        {
            organization ??= await app.AddOrganizationAsync();
            var username = $"novice{Interlocked.Increment(ref _invited)}";
            var email = $"{username}@clinic.example";
            var outcome = await app.RunAsync((CreateAccount create) => create.RunAsync(
                organization.Code, new(username, TestPerson.GivenName, TestPerson.FamilyName, email, roles), CancellationToken.None, FirstWayIn.Invitation));
            var invited = Assert.IsType<CreateAccountOutcome.Invited>(outcome);
            Assert.Equal(app.Clock.GetUtcNow().AddHours(72), invited.WorksUntil);
            return new(invited.AccountId, organization, username, "", email);
        }

        public Task<ResendInvitationOutcome> ResendAsync(TestPerson person) => app.RunAsync(
            (ResendInvitation resend) => resend.RunAsync(new(person.Id, person.Organization.Id), CancellationToken.None));

        /// <param name="expected">Invitations so far, this one included; whatever else comes by mail.</param>
        /// <returns>The address of the newest link.</returns>
        public async Task<string> InvitationToAsync(string email, int expected = 1)
        {
            for (var mails = expected; ; mails++)
            {
                var links = (await app.MailsToAsync(email, mails)).Select(mail => LinkIn(mail.TextBody)).OfType<string>().ToList();
                if (links.Count >= expected)
                {
                    return links[^1];
                }
            }
        }

        public Task<string> InvitationToAsync(TestPerson person, int expected = 1) => app.InvitationToAsync(person.Email, expected);

        public async Task<PersonBrowser> OpenInvitationAsync(string link)
        {
            var browser = app.OpenBrowser();
            await browser.OpenAsync(link);
            return browser;
        }
    }

    private static string? LinkIn(string? text)
    {
        var start = text?.IndexOf(Welcome, StringComparison.Ordinal) ?? -1;
        return start < 0 ? null : text![start..].Split((char[])['\r', '\n', ' ', '>', ')'])[0];
    }
}
