using Cardea.Features.Recovery;
using Cardea.Tests.EmailAddresses;

namespace Cardea.Tests.Recovery;

/// <summary>What somebody does who has forgotten the password.</summary>
public static class RecoverySteps
{
    public const string NewPassword = "Quiet#Lantern88";

    extension(CardeaApp app)
    {
        /// <summary>Somebody who has been in once, and forgot.</summary>
        public async Task<TestPerson> AddForgetfulPersonAsync()
        {
            var person = await app.AddPersonAsync();
            using var before = await app.SignInAsync(person);
            Assert.Equal("/", before.Url);
            return person;
        }

        /// <summary>What the server does every few seconds, at once.</summary>
        public Task<bool> WorkOffRequestsAsync() => app.RunAsync<WorkOffRequests, bool>(async requests =>
        {
            await requests.RunAsync(CancellationToken.None);
            return true;
        });

        /// <summary>Fills in "User Information", and reads the mail that comes of it.</summary>
        /// <returns>The address of the link.</returns>
        public async Task<string> AskForLinkAsync(TestPerson person, int linksBefore = 0)
        {
            using var browser = app.OpenBrowser();
            await browser.OpenAsync("/forgot-password");
            await browser.AskForLinkAsync(person);
            return await app.LinkSentToAsync(person, linksBefore + 1);
        }

        /// <param name="expected">Links so far, this one included; whatever else comes by mail.</param>
        public async Task<string> LinkSentToAsync(TestPerson person, int expected = 1)
        {
            await app.WorkOffRequestsAsync();
            for (var mails = expected; ; mails++)
            {
                var links = (await app.MailsToAsync(person.Email, mails)).Select(mail => LinkIn(mail.TextBody)).OfType<string>().ToList();
                if (links.Count >= expected)
                {
                    return links[^1];
                }
            }
        }

        /// <summary>Opens it where nobody is signed in, and answers the question rightly.</summary>
        public async Task<PersonBrowser> OpenAndAnswerAsync(string link, string clientAddress = "203.0.113.7")
        {
            var browser = app.OpenBrowser(clientAddress);
            await browser.OpenAsync(link);
            await browser.AnswerAsync(TestPeople.Answer);
            Assert.Equal("/forgot-password/new", browser.Url);
            return browser;
        }

        public Task<int> WrongAnswersAsync(TestPerson person) =>
            app.ReadAsync(db => db.AnswerTries.Where(t => t.AccountId == person.Id).Select(t => t.Wrong).SingleOrDefaultAsync());
    }

    extension(PersonBrowser browser)
    {
        public Task AskForLinkAsync(TestPerson person) => browser.AskForLinkAsync(person.Organization.Code, person.Username, person.Email);

        public Task AskForLinkAsync(string code, string username, string email)
        {
            browser.Fill("Organization Code", code);
            browser.Fill("Username", username);
            browser.Fill("Email Address", email);
            return browser.ClickAsync("Submit");
        }

        /// <summary>To the question that is asked, whichever it is.</summary>
        public Task AnswerAsync(string answer)
        {
            browser.Fill(browser.Question, answer);
            return browser.ClickAsync("Submit");
        }

        public string Question => browser.Document.QuerySelector("#proof-form label")!.TextContent.Trim();

        public Task ChooseAsync(string password, string? again = null)
        {
            browser.Fill("New Password", password);
            browser.Fill("Confirm New Password", again ?? password);
            return browser.ClickAsync("Save");
        }
    }

    private static string? LinkIn(string? text)
    {
        var start = text?.IndexOf("/forgot-password/link?link=", StringComparison.Ordinal) ?? -1;
        return start < 0 ? null : text![start..].Split((char[])['\r', '\n', ' ', '>', ')'])[0];
    }
}

/// <summary>Links need to know where people reach the registry.</summary>
public sealed class AppsWithLinks : CardeaApps
{
    public const string PublicAddress = "https://localhost";

    protected override IEnumerable<(string Key, string Value)> Settings => [("Cardea:PublicAddress", PublicAddress)];
}
