using System.Net;
using Cardea.Features.Accounts;
using Cardea.Features.EmailAddresses;
using Cardea.Features.Passwords;
using Cardea.Features.Sessions;
using Cardea.Rules.Accounts;

namespace Cardea.Tests.EmailAddresses;

/// <summary>What the tests of the step of S2-07 do on its two pages: of the address, and of the code that was mailed to it.</summary>
internal static class EmailSteps
{
    internal const string EmailPage = "/sign-in/email", CodePage = "/sign-in/email/code";
    internal const string Confirm = "Yes, this is my work email", SendCode = "Send code", Submit = "Submit", Resend = "Resend";

    private static int _addresses;

    internal static Task<TestPerson> AddPersonWhoIsAskedAsync(CardeaApp app) => app.AddPersonAsync(change: account => account.EmailConfirmedAt = null);

    internal static async Task<TestPerson> AddPersonWithAddressAsNameAsync(CardeaApp app)
    {
        var person = await AddPersonWhoIsAskedAsync(app);
        await app.WriteAsync(db => db.SignInNames.Where(name => name.AccountId == person.Id).ExecuteUpdateAsync(set => set
            .SetProperty(name => name.Scope, SignInName.AllEmailAddresses)
            .SetProperty(name => name.Name, person.Email)
            .SetProperty(name => name.Skeleton, SignInNames.Skeleton(person.Email))));
        return person;
    }

    internal static async Task<PersonBrowser> SignInByAddressAsync(CardeaApp app, string address, string password)
    {
        var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        browser.Fill("Email Address", address);
        browser.Fill("Password", password);
        await browser.ClickAsync("Login");
        return browser;
    }

    internal static Task AskForCodeAsync(PersonBrowser browser, string address)
    {
        browser.Fill("Email Address", address);
        return browser.ClickAsync(SendCode);
    }

    internal static async Task<string> SendCodeAsync(CardeaApp app, PersonBrowser browser)
    {
        var address = NewAddress();
        await AskForCodeAsync(browser, address);
        return await app.CodeSentToAsync(address);
    }

    internal static Task EnterAsync(PersonBrowser browser, string code)
    {
        browser.Fill("Enter Code", code);
        return browser.ClickAsync(Submit);
    }

    internal static string NewAddress() => $"Amina.D{Interlocked.Increment(ref _addresses)}@new-clinic.example";

    internal static string Other(string code) => code == "000000" ? "000001" : "000000";

    internal static Task<Account> ReadAsync(CardeaApp app, TestPerson person) =>
        app.ReadAsync(db => db.Accounts.AsNoTracking().SingleAsync(account => account.Id == person.Id));

    internal static Task<EmailChange?> PendingAsync(CardeaApp app, TestPerson person) =>
        app.ReadAsync(db => db.EmailChanges.AsNoTracking().Where(change => change.AccountId == person.Id).SingleOrDefaultAsync());

    internal static async Task<List<Features.Audit.AuditEntry>> AuditAsync(CardeaApp app, TestPerson person, string name) =>
        [.. (await app.AuditAsync()).Where(entry => entry.Name == name && entry.SubjectId == person.Id)];
}
