using System.Text.Json;
using AngleSharp.Html.Dom;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Rules.Permissions;
using Cardea.Tests.Agreements;

namespace Cardea.Tests.CommandLine;

public sealed class CommandLineTests
{
    private static readonly string[] North =
        ["organizations", "create", "--code", "NORTH", "--name", "North Clinic", "--type", "health-care-provider", "--time-zone", "America/Chicago"];

    private static readonly string[] Amina =
        ["accounts", "create", "--organization", "NORTH", "--username", "amina", "--given-name", "Amina", "--family-name", "Diallo", "--email", "amina@clinic.example"];

    [Theory, EachDatabase, Scenario("S0-02", "S2-03", "S2-09", "V6.4.1")]
    public async Task The_command_line_alone_leads_from_an_empty_database_to_My_Dashboard(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);

        var published = await app.CommandAsync("agreements", "publish", DemoAgreements.User);
        Assert.Equal((0, "User", "1"), (published.ExitCode, published.Fact("Kind"), published.Fact("Version")));
        Assert.Equal(0, (await app.CommandAsync("agreements", "publish", DemoAgreements.Administrator)).ExitCode);
        Assert.Equal(0, (await app.CommandAsync(North)).ExitCode);
        var created = await app.CommandAsync([.. Amina, "--role", "standard", "--role", "Administrator"]);
        Assert.Equal((0, ""), (created.ExitCode, created.Error));

        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        await browser.SignInAsync("NORTH", "amina", created.Fact("Temporary password"));
        Assert.Equal("/sign-in/password", browser.Url);
        browser.Fill("New Password", TestPeople.OwnPassword);
        browser.Fill("Confirm New Password", TestPeople.OwnPassword);
        await browser.ClickAsync("Save");
        Assert.Equal(("/sign-in/agreement", "User Agreement"), (browser.Url, browser.Heading));
        await browser.ClickAsync("Accept");
        Assert.Equal(("/sign-in/administrator-agreement", "Administrator User Agreement"), (browser.Url, browser.Heading));
        await browser.ClickAsync("Accept");
        await browser.ClickAsync("Yes, this is my work email");
        foreach (var row in Enumerable.Range(1, 3))
        {
            var questions = ((IHtmlSelectElement)browser.Field($"Question {row}")).Options;
            browser.Fill($"Question {row}", questions[row].Text);
            browser.Fill($"Answer {row}", $"answer number {row}");
        }

        await browser.ClickAsync("Submit");
        Assert.Equal("/sign-in/second-factor-set-up/choose", browser.Url);   // administrators need one
        await browser.OpenAsync("/sign-in/second-factor-set-up/app");
        await browser.EnterCodeAsync(app.PhoneThatScanned(browser).Code(), "Submit");
        await browser.FollowAsync("I have saved them: continue");
        Assert.Equal(("/", "My Dashboard"), (browser.Url, browser.Heading));

        Assert.Equal(Roles.Standard | Roles.Administrator, (await app.ReadAsync(db => db.Memberships.SingleAsync())).Roles);
        var acts = (await app.AuditAsync()).Where(entry => entry.ActorKind is ActorKind.CommandLine).ToList();
        Assert.Equal(["agreement.published.v1", "agreement.published.v1", "organization.created.v1", "account.created.v1"], acts.Select(act => act.Name));
        Assert.All(acts, act => Assert.Equal((Environment.UserName, AuditOutcome.Success), (act.ActorId, act.Outcome)));
    }

    [Theory, EachDatabase, Scenario("X-05", "V6.3.2")]
    public async Task An_operator_made_here_is_audited_loudly_and_closes_the_set_up(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        await app.CommandAsync(North);

        var created = await app.CommandAsync([.. Amina, "--role", "RegistryOperator", "--json"]);

        using var facts = JsonDocument.Parse(created.Output);
        Assert.Equal(["organizationCode", "username", "temporaryPassword"], facts.RootElement.EnumerateObject().Select(fact => fact.Name));
        Assert.NotNull((await app.ReadAsync(db => db.Registry.SingleAsync())).SetUpClosedAt);
        var names = (await app.AuditAsync()).Select(entry => entry.Name).ToList();
        Assert.Contains("operator.created.v1", names);
        Assert.Contains("set_up.closed.v1", names);

        var disabled = await app.CommandAsync("accounts", "disable", "--organization", "NORTH", "--username", "amina");
        Assert.Equal((1, "This is the last operator: make another one first, or nobody can run the registry."), (disabled.ExitCode, disabled.Problems.Single()));
    }

    [Theory, EachDatabase, Scenario("S1-09", "X-06")]
    public async Task The_account_of_a_patient_is_made_and_looked_after_beside_the_one_at_work(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        await app.CommandAsync(North);
        Assert.Equal(0, (await app.CommandAsync([.. Amina, "--role", "standard"])).ExitCode);
        Assert.Equal(["--role is missing."], (await app.CommandAsync(Amina)).Problems);
        Assert.Equal(
            ["--role and --second-factor are for staff only."], (await app.CommandAsync([.. Amina, "--patient", "--role", "standard"])).Problems);
        Assert.Equal(["--role and --second-factor are for staff only."], (await app.CommandAsync([.. Amina, "--patient", "--second-factor"])).Problems);

        var created = await app.CommandAsync([.. Amina, "--patient"]);
        Assert.Equal((0, "", "amina@clinic.example"), (created.ExitCode, created.Error, created.Fact("Email address")));
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/patient/sign-in");
        await browser.SignInByEmailAsync("amina@clinic.example", created.Fact("Temporary password"));
        Assert.Equal("/sign-in/password", browser.Url);

        string[] patient = ["--organization", "NORTH", "--username", "Amina@clinic.example", "--patient"];
        Assert.Equal(1, (await app.CommandAsync(["accounts", "disable", .. patient[..^1]])).ExitCode);   // nobody at work is called so
        Assert.Equal(0, (await app.CommandAsync(["accounts", "new-password", .. patient])).ExitCode);
        Assert.Equal(0, (await app.CommandAsync(["accounts", "disable", .. patient])).ExitCode);

        var disabled = await app.ReadAsync(db => db.Accounts.Where(account => account.DisabledAt != null).Select(account => account.Audience).ToListAsync());
        Assert.Equal([Audience.Patient], disabled);
        var made = (await app.AuditAsync()).Where(entry => entry.Name == "account.created.v1").Select(entry => entry.Payload).Order();
        Assert.Equal(["{\"Roles\":\"None\",\"Audience\":\"Patient\"}", "{\"Roles\":\"Standard\"}"], made);
    }

    [Theory, EachDatabase, Scenario("S2-19")]
    public async Task An_inactive_account_is_reactivated_for_a_reason(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        await app.CommandAsync(North);
        await app.CommandAsync([.. Amina, "--role", "standard"]);
        string[] amina = ["--organization", "NORTH", "--username", "amina"];
        Assert.Equal(["The account is not inactive."], (await app.CommandAsync(["accounts", "reactivate", .. amina, "--reason", "Back from leave"])).Problems);
        await app.WriteAsync(db => db.Accounts.ExecuteUpdateAsync(set => set.SetProperty(account => account.InactivatedAt, CardeaApp.Start)));
        Assert.Equal(["The account is inactive: reactivate it."], (await app.CommandAsync(["accounts", "new-password", .. amina])).Problems);
        Assert.Equal(["--reason is empty."], (await app.CommandAsync(["accounts", "reactivate", .. amina, "--reason", " "])).Problems);

        var reactivated = await app.CommandAsync(["accounts", "reactivate", .. amina, "--reason", "Back from leave"]);

        Assert.Equal((0, ""), (reactivated.ExitCode, reactivated.Error));
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        await browser.SignInAsync("NORTH", "amina", reactivated.Fact("Temporary password"));
        Assert.Equal("/sign-in/password", browser.Url);
    }

    [Fact, Scenario("V6.4.6")]
    public async Task No_command_takes_a_password()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite);
        var made = await app.ProcessAsync(North);
        Assert.Equal((0, "", "NORTH"), (made.ExitCode, made.Error, made.Fact("Organization code")));

        var refused = await app.ProcessAsync([.. Amina, "--role", "standard", "--password", TestPeople.OwnPassword]);

        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("Unrecognized command or argument '--password'.", refused.Problems);
        Assert.Equal(0, await app.ReadAsync(db => db.Accounts.CountAsync()));
    }

    [Fact]
    public async Task Each_mistake_is_one_sentence_and_changes_nothing()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite);

        var organization = await app.CommandAsync(
            "organizations", "create", "--code", "N", "--name", "", "--type", "clinic", "--time-zone", "Central");
        Assert.Equal((1, ""), (organization.ExitCode, organization.Output));
        Assert.StartsWith("--type \"clinic\" is not known: choose from health-care-provider, ", organization.Problems.Single(), StringComparison.Ordinal);

        organization = await app.CommandAsync(
            "organizations", "create", "--code", "N", "--name", "", "--type", "school", "--time-zone", "Central");
        Assert.Equal(
            [
                "--code must have 2 to 20 characters.",
                "--name is empty.",
                "--time-zone must be an IANA name, such as America/Chicago.",
            ],
            organization.Problems);

        var account = await app.CommandAsync(
            "accounts", "create", "--organization", "NORTH", "--username", "аmina", "--given-name", "A\nB", "--family-name", "Diallo",
            "--email", "amina", "--role", "standard", "--language", "de");
        Assert.Equal(
            [
                "--username may have the letters A to Z, digits and . _ @ -, and begins with a letter or a digit.",
                "--given-name has a character that cannot be seen or breaks the line.",
                "--email must look like name@clinic.example.",
                "--language must be one of en, es, fr.",
            ],
            account.Problems);

        Assert.Equal(
            "There is no organization NORTH: codes are compared exactly.",
            (await app.CommandAsync([.. Amina, "--role", "standard"])).Problems.Single());
        Assert.Equal(
            "Cardea:Policy is \"mick\": choose one of miic, clinical-portal, clinic, nist.",
            (await app.CommandAsync("migrate", "--Cardea:Policy", "mick")).Problems.Single());
        Assert.Equal(
            "the database does not answer as it should (Failed to connect to 127.0.0.1:1).",
            (await app.CommandAsync("migrate", "--ConnectionStrings:Cardea=Host=127.0.0.1;Port=1")).Problems.Single());
        Assert.StartsWith(
            $"Cardea:Data is \"{DemoAgreements.User}\", which cannot be the folder of the database: ",
            (await app.CommandAsync("migrate", $"--Cardea:Data={DemoAgreements.User}")).Problems.Single(),
            StringComparison.Ordinal);
        Assert.DoesNotContain(await app.AuditAsync(), entry => entry.ActorKind is ActorKind.CommandLine);
    }

    [Fact, Scenario("V6.3.2", "V14.2.1")]
    public async Task An_empty_registry_prints_its_set_up_link_beside_the_log_and_never_in_it()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var app = await CardeaApp.StartAsync(Database.Sqlite);
        using var server = app.Start("run", "--urls", "http://127.0.0.1:0");
        try
        {
            var log = new List<string>();
            var line = "";
            while (!line.StartsWith("Nobody", StringComparison.Ordinal))
            {
                log.Add(line);
                line = await server.StandardOutput.ReadLineAsync(cancelled) ?? throw new InvalidOperationException("The server ended.");
            }

            var link = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]);
            using var browser = new HttpClient();
            Assert.Contains("Set up this registry", await browser.GetStringAsync(link, cancelled), StringComparison.Ordinal);
            Assert.DoesNotContain(log, logged => logged.Contains(link.Query, StringComparison.Ordinal));
        }
        finally
        {
            server.Kill();
        }
    }
}
