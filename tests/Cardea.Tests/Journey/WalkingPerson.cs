using Cardea.Features.Accounts;
using Cardea.Rules.Permissions;
using Cardea.Tests.Invitations;
using Cardea.Tests.Recovery;

namespace Cardea.Tests.Journey;

/// <summary>
/// Somebody who was given an account, and settles on its page whatever is asked of them. They have a phone, remember what they chose, and note
/// which pages were shown.
/// </summary>
internal sealed class WalkingPerson
{
    public const string Answer = "blue bicycle";

    private static int _created;

    private readonly CardeaApp _app;
    private readonly string _preset;
    private readonly TestOrganization _organization;
    private readonly string _username, _signInName;
    private int _chosen;

    private WalkingPerson(
        CardeaApp app, string preset, TestOrganization organization, Guid id, string username, string signInName, string email, string password)
    {
        (_app, _preset, _organization, _username, _signInName) = (app, preset, organization, username, signInName);
        (Id, Email, Password) = (id, email, password);
    }

    public Guid Id { get; }

    public string Email { get; }

    /// <summary>The one they have now.</summary>
    public string Password { get; private set; }

    public TestAuthenticator? Phone { get; private set; }

    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    /// <summary>As the other helpers of tests know people.</summary>
    public TestPerson AsTestPerson => new(Id, _organization, _username, Password, Email);

    /// <summary>Made as an administrator makes an account, with a temporary password.</summary>
    public static async Task<WalkingPerson> CreateAsync(CardeaApp app, string preset, TestOrganization organization, Roles roles)
    {
        var wanted = New(roles);
        var outcome = await app.RunAsync((CreateAccount create) => create.RunAsync(organization.Code, wanted, CancellationToken.None));
        var created = Assert.IsType<CreateAccountOutcome.Created>(outcome);
        return new(app, preset, organization, created.AccountId, wanted.Username, created.SignInName, wanted.Email, created.TemporaryPassword);
    }

    /// <summary>Made with an invitation, which they have followed.</summary>
    public static async Task<WalkingPerson> InviteAsync(CardeaApp app, string preset, TestOrganization organization, Roles roles)
    {
        var wanted = New(roles);
        var outcome = await app.RunAsync((CreateAccount create) => create.RunAsync(organization.Code, wanted, CancellationToken.None, FirstWayIn.Invitation));
        var invited = Assert.IsType<CreateAccountOutcome.Invited>(outcome);
        var person = new WalkingPerson(app, preset, organization, invited.AccountId, wanted.Username, invited.SignInName, wanted.Email, password: "");
        using var browser = await app.OpenInvitationAsync(await app.InvitationToAsync(wanted.Email));
        await person.ChooseAsync(browser);
        Assert.Equal("Your account is ready", browser.Heading);
        return person;
    }

    private static NewAccount New(Roles roles)
    {
        var username = $"walker{Interlocked.Increment(ref _created)}";
        return new(username, TestPerson.GivenName, TestPerson.FamilyName, $"{username}@clinic.example", roles);
    }

    public async Task<PersonBrowser> OpenSignInAsync()
    {
        var browser = _app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        await EnterAsync(browser);
        return browser;
    }

    /// <summary>Fills and sends the sign-in form that is open.</summary>
    public Task EnterAsync(PersonBrowser browser)
    {
        if (_preset is "miic")
        {
            browser.Fill("Organization Code", _organization.Code);
        }

        browser.Fill(_preset is "miic" or "clinical-portal" ? "Username" : "Email Address", _signInName);
        browser.Fill("Password", Password);
        return browser.ClickAsync("Login");
    }

    /// <summary>From the sign-in page to the dashboard, and out again.</summary>
    /// <returns>The pages between, in order.</returns>
    public async Task<IReadOnlyList<string>> SignInAndOutAsync()
    {
        using var browser = await OpenSignInAsync();
        var steps = await SettleAsync(browser);
        await browser.ClickAsync("Sign out");
        Assert.Equal("/sign-in?signedOut=true", browser.Url);
        return steps;
    }

    /// <summary>Settles what is due until nothing is.</summary>
    public async Task<IReadOnlyList<string>> SettleAsync(PersonBrowser browser)
    {
        var steps = new List<string>();
        while (browser.Url != "/")
        {
            Assert.True(steps.Count < 10 && !steps.Contains(browser.Url), $"Does not get on: {string.Join(" → ", steps)} → {browser.Url}: {browser.Text}");
            steps.Add(browser.Url);
            await SettleOneAsync(browser);
        }

        return steps;
    }

    /// <summary>As whoever has forgotten the password does, from the first page to the last.</summary>
    /// <param name="prove">What is done on the page of the link.</param>
    /// <param name="email">Where it is another one by now.</param>
    public async Task ResetAsync(Func<PersonBrowser, Task> prove, string? email = null)
    {
        using var browser = _app.OpenBrowser();
        await browser.OpenAsync("/forgot-password");
        if (_preset is "miic")
        {
            browser.Fill("Organization Code", _organization.Code);
        }

        if (_preset is "miic" or "clinical-portal")
        {
            browser.Fill("Username", _username);
        }

        if (_preset is not "clinical-portal")
        {
            browser.Fill("Email Address", email ?? Email);
        }

        await browser.ClickAsync(_preset is "clinical-portal" ? "OK" : "Submit");
        await browser.OpenAsync(await _app.LinkSentToAsync(AsTestPerson with { Email = email ?? Email }));
        await prove(browser);
        Assert.Equal("/forgot-password/new", browser.Url);
        await ChooseAsync(browser);
        Assert.Equal("Password Updated", browser.Heading);
    }

    public Task ChooseAsync(PersonBrowser browser)
    {
        Password = $"Quiet#Lanterns{++_chosen:D3}";
        return browser.ChooseAsync(Password);
    }

    private async Task SettleOneAsync(PersonBrowser browser)
    {
        switch (browser.Url)
        {
            case "/sign-in/second-factor":
                await browser.EnterCodeAsync(Phone!.Code());
                break;
            case "/sign-in/password":
                await ChooseAsync(browser);
                break;
            case "/sign-in/agreement" or "/sign-in/administrator-agreement":
                await browser.ClickAsync("Accept");
                break;
            case "/sign-in/email":
                await browser.ClickAsync("Yes, this is my work email");
                break;
            case "/sign-in/security-questions":
                await AnswerQuestionsAsync(browser);
                break;
            case "/sign-in/second-factor-set-up/choose":
                browser.Document.QuerySelector("input[value=Authenticator]")!.SetAttribute("checked", "");
                await browser.ClickAsync("Submit");
                break;
            case "/sign-in/second-factor-set-up/app":
                Phone = _app.PhoneThatScanned(browser);
                await browser.EnterCodeAsync(Phone.Code(), "Submit");
                if (browser.Heading == "Your recovery codes")   // not for whoever has some
                {
                    RecoveryCodes = [.. browser.Document.QuerySelectorAll(".recovery-codes li").Select(item => item.TextContent.Trim())];
                    await browser.FollowAsync("I have saved them: continue");
                }

                break;
            default:
                Assert.Fail($"Nobody said what to do on {browser.Url}: {browser.Text}");
                break;
        }
    }

    private static Task AnswerQuestionsAsync(PersonBrowser browser)
    {
        string[] questions = ["What was the name of your first pet?", "What was the name of the first school you went to?", "On which street did you live as a child?"];
        foreach (var (number, question) in questions.Index())
        {
            browser.Fill($"Question {number + 1}", question);
            browser.Fill($"Answer {number + 1}", number == 0 ? Answer : $"{Answer} {number}");
        }

        return browser.ClickAsync("Submit");
    }
}
