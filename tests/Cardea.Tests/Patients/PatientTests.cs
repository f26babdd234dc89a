using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Cardea.Features.Accounts;
using Cardea.Features.Passwords;
using Cardea.Features.SecondFactors.Clinics;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;

namespace Cardea.Tests.Patients;

/// <summary>Patients have a door and a home of their own, and never meet the staff's side; the staff's second factors are none of theirs.</summary>
[Scenario("S1-09", "X-06")]
public sealed partial class PatientTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Address = "amina@clinic.example", Wrong = "Wrong#Password11";

    /// <summary>All that a patient's session gets an answer from, beside files and health; <c>RouteMap.approved.txt</c> says the same.</summary>
    private static readonly string[] OpenToPatients =
    [
        "/account/password", "/error", "/forgot-password", "/forgot-password/link", "/forgot-password/names", "/forgot-password/new", "/guidance", "/help", "/language",
        "/not-me", "/patient", "/patient/forgot-password", "/patient/sign-in", "/session/stay", "/sign-in", "/sign-in/passkey", "/sign-in/password", "/sign-out",
        "/welcome",
    ];

    [Theory, EachDatabase]
    public async Task A_patient_signs_in_by_email_address_and_arrives_at_home(Database database)
    {
        var app = await apps.OnAsync(database);
        var paula = await app.AddPatientAsync();

        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/patient");
        Assert.Equal(("/patient/sign-in", "Patient sign-in"), (browser.Url, browser.Heading));
        await browser.SignInByEmailAsync(paula.Email.ToUpperInvariant(), paula.Password);

        Assert.Equal(("/patient", "My page"), (browser.Url, browser.Heading));
        Assert.Contains($"Hello, {TestPerson.DisplayName}", browser.Text, StringComparison.Ordinal);
        Assert.Contains(paula.Email, browser.Text, StringComparison.Ordinal);
        Assert.Contains("This is your first sign-in.", browser.Text, StringComparison.Ordinal);
        Assert.All(["/patient", "/help", "/guidance"], (Action<string>)(link => Assert.NotNull(browser.Document.QuerySelector($"[href='{link}'], [action='{link}']"))));
        foreach (var path in (string[])["/patient", "/help", "/guidance", "/account/password"])
        {
            await browser.OpenAsync(path);
            Assert.Equal((HttpStatusCode.OK, path), (browser.Status, browser.Url));
            Assert.DoesNotContain(paula.Organization.Code, browser.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("administrator", browser.Text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("manage my account", browser.Text, StringComparison.OrdinalIgnoreCase);
            Assert.Empty(browser.Document.QuerySelectorAll("a[href='/'], a[href^='/account']:not([href='/account/password']), a[href^='/admin']"));
        }

        await browser.OpenAsync("/patient");
        await browser.ClickAsync("Sign out");
        Assert.Equal("/patient/sign-in?signedOut=true", browser.Url);
        await browser.SignInByEmailAsync(paula.Email, paula.Password);
        Assert.Contains("Monday, March 2, 2026 8:00 AM, from 203.0.113.7", browser.Text, StringComparison.Ordinal);
    }

    [Theory]
    [EachDatabase("clinic")]
    [InlineData(Database.Sqlite, "miic")]
    [InlineData(Database.Sqlite, "clinical-portal")]
    [InlineData(Database.Sqlite, "nist")]
    public async Task One_address_is_a_member_of_staff_and_a_patient_under_every_preset(Database database, string preset)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:Policy", preset));
        var clinic = await app.AddOrganizationAsync();
        var name = preset is "miic" or "clinical-portal" ? "amina" : Address;
        var staff = Assert.IsType<CreateAccountOutcome.Created>(await CreateAsync(app, clinic, Audience.Staff));
        var patient = Assert.IsType<CreateAccountOutcome.Created>(await CreateAsync(app, clinic, Audience.Patient));
        Assert.Equal((name, Address), (staff.SignInName, patient.SignInName));
        Assert.IsType<CreateAccountOutcome.NameIsTaken>(await CreateAsync(app, clinic, Audience.Patient, "AMINA@clinic.example"));
        Assert.Equal(staff.AccountId, (await FindAsync(app, Audience.Staff, clinic, name))?.Id);
        Assert.Equal(patient.AccountId, (await FindAsync(app, Audience.Patient, clinic, Address))?.Id);

        using var browser = app.OpenBrowser();
        await SignInAsync(browser, Audience.Staff, clinic, name, patient.TemporaryPassword);
        Assert.Equal("Invalid credentials", browser.Alert);
        await SignInAsync(browser, Audience.Staff, clinic, Address, patient.TemporaryPassword);
        Assert.Equal("Invalid credentials", browser.Alert);
        await SignInAsync(browser, Audience.Patient, clinic, Address, staff.TemporaryPassword);
        Assert.Equal("Invalid credentials", browser.Alert);

        await SignInAsync(browser, Audience.Patient, clinic, Address, patient.TemporaryPassword);
        Assert.Equal(("/sign-in/password", Audience.Patient), (browser.Url, (await app.PersonOfAsync(browser)).Audience));
        await SignInAsync(browser, Audience.Staff, clinic, name, staff.TemporaryPassword);
        Assert.Equal(("/sign-in/password", Audience.Staff), (browser.Url, (await app.PersonOfAsync(browser)).Audience));
        var ended = Assert.Single((await app.AuditAsync()).Where(entry => entry.Name == "session.ended.v1").ToList());
        Assert.Equal((patient.AccountId, "Replaced"), (ended.SubjectId, ended.Reason));

        await app.RunAsync<NamesOnFile, bool>(async names =>
        {
            await names.CheckAsync(TestContext.Current.CancellationToken);   // as at the next start
            return true;
        });
    }

    /// <summary>Where both are named by the same address, nothing but their door tells them apart.</summary>
    [Theory, EachDatabase]
    public async Task Tries_at_one_lock_the_same_one_only(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:Policy", "clinic"));
        var clinic = await app.AddOrganizationAsync();
        var staff = Assert.IsType<CreateAccountOutcome.Created>(await CreateAsync(app, clinic, Audience.Staff));
        var patient = Assert.IsType<CreateAccountOutcome.Created>(await CreateAsync(app, clinic, Audience.Patient));
        using var browser = app.OpenBrowser();

        await LockAsync(Audience.Patient, "Account locked. Wait 3 minutes or contact the help desk.");
        await SignInAsync(browser, Audience.Staff, clinic, Address, staff.TemporaryPassword);
        Assert.Equal("/sign-in/password", browser.Url);
        await browser.ClickAsync("Sign out");
        Assert.Equal("/sign-in?signedOut=true", browser.Url);
        var mail = Assert.Single(await app.ReadAsync(db => db.OutboxMessages.Where(m => m.Kind == "account-locked").ToListAsync()));
        Assert.Equal(patient.AccountId, mail.AccountId);

        Assert.Equal(UnlockAccountOutcome.Unlocked, await UnlockAsync(patient));
        Assert.Equal(UnlockAccountOutcome.WasNotLocked, await UnlockAsync(staff));
        using var other = app.OpenBrowser();
        await LockAsync(Audience.Staff, "Account locked. Wait 3 minutes or contact your administrator.");
        await SignInAsync(other, Audience.Patient, clinic, Address, patient.TemporaryPassword);
        Assert.Equal("/sign-in/password", other.Url);

        async Task LockAsync(Audience audience, string alert)
        {
            using var stranger = app.OpenBrowser();
            foreach (var _ in Enumerable.Range(1, 5))
            {
                await SignInAsync(stranger, audience, clinic, Address, Wrong);
            }

            await SignInAsync(stranger, audience, clinic, Address, audience is Audience.Patient ? patient.TemporaryPassword : staff.TemporaryPassword);
            Assert.Equal(alert, stranger.Alert);
        }

        Task<UnlockAccountOutcome> UnlockAsync(CreateAccountOutcome.Created account) => app.RunAsync<UnlockAccount, UnlockAccountOutcome>(
            unlock => unlock.RunAsync(new(account.AccountId, clinic.Id), TestContext.Current.CancellationToken));
    }

    /// <summary>Nothing tells a stranger which of the two there is: not the answer, nor the work behind it.</summary>
    [Theory, EachDatabase, Scenario("S0-05")]
    public async Task Whatever_is_wrong_at_the_door_of_patients_the_answer_is_the_same(Database database)
    {
        var app = await apps.OnAsync(database);
        var paula = await app.AddPatientAsync();
        var disabled = await app.AddPatientAsync(change: account => account.DisabledAt = app.Clock.GetUtcNow());
        var amina = await app.AddPersonAsync();
        (string Name, string Password)[] wrongs =
        [
            (paula.Email, Wrong), ("nobody@home.example", Wrong), (disabled.Email, disabled.Password), (amina.Email, amina.Password), (amina.Username, amina.Password),
        ];
        var answers = new List<string>();
        foreach (var (name, password) in wrongs)
        {
            using var browser = app.OpenBrowser();
            await browser.OpenAsync("/patient/sign-in");
            using var hashes = new CountedHashes(app);
            await browser.SignInByEmailAsync(name, password);

            Assert.Equal((HttpStatusCode.BadRequest, "Invalid credentials", 1), (browser.Status, browser.Alert, hashes.Count));
            answers.Add(Secret().Replace(browser.Html, "secret").Replace($"value=\"{name}\"", "name", StringComparison.Ordinal));
        }

        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
    }

    /// <summary>Every page there is, also those to come: one that does not say that it is for patients is not.</summary>
    [Theory, EachDatabase, Scenario("V8.2.1")]
    public async Task A_patient_reaches_nothing_of_the_staff_side(Database database)
    {
        var app = await apps.OnAsync(database);
        Assert.Superset(OpenToPatients.ToHashSet(), app.Pages.ToHashSet());
        foreach (var kind in Enum.GetValues<PersonKind>())
        {
            using var browser = await app.SignInPatientAsync(await app.AddPatientAsync(kind));
            browser.FollowsRedirects = false;
            foreach (var page in app.Pages.Except(OpenToPatients))
            {
                foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head, HttpMethod.Post])
                {
                    await browser.SendAsync(new(method, page) { Content = method == HttpMethod.Post ? new FormUrlEncodedContent([]) : null });

                    Assert.Equal(
                        (page, method, method == HttpMethod.Post ? (HttpStatusCode.NotFound, null) : (HttpStatusCode.Redirect, "/patient")),
                        (page, method, (browser.Status, browser.Header("Location"))));
                }
            }
        }
    }

    [Theory, EachDatabase]
    public async Task Staff_have_no_page_of_patients(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());

        await browser.OpenAsync("/patient");
        Assert.Equal("/", browser.Url);
        await browser.SendAsync(new(HttpMethod.Post, "/patient") { Content = new FormUrlEncodedContent([]) });
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);

        using var beginner = await app.SignInAsync(await app.AddPersonAsync(PersonKind.New));
        await beginner.OpenAsync("/patient");
        Assert.Equal("/sign-in/password", beginner.Url);
    }

    /// <summary>Under the strictest policy that there can be, next to a colleague's session that shows it to be in force.</summary>
    [Theory, EachDatabase]
    public async Task Of_all_obligations_patients_only_replace_a_temporary_password(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:SecondFactors:Scope", "Everyone"));
        await app.PublishAgreementsAsync();
        var clinic = await app.AddOrganizationAsync();
        await app.AskForSecondFactorAsync(clinic, OrganizationMethod.UsersChoose);
        using var colleague = await app.SignInAsync(await app.AddPersonAsync(organization: clinic));
        Assert.StartsWith("/sign-in/second-factor-set-up", colleague.Url, StringComparison.Ordinal);
        var paula = await app.AddPatientAsync(PersonKind.New, clinic, "paulasmith@home.example", change: account => account.SecondFactorRequired = true);

        using var browser = await app.SignInPatientAsync(paula);
        Assert.Equal("/sign-in/password", browser.Url);
        await browser.OpenAsync("/patient");
        Assert.Equal("/sign-in/password", browser.Url);
        browser.Fill("New Password", "PaulaSmith-2026!");
        browser.Fill("Confirm New Password", "PaulaSmith-2026!");
        await browser.ClickAsync("Save");
        Assert.Equal(("/sign-in/password", HttpStatusCode.BadRequest), (browser.Url, browser.Status));   // what stands before the @ is no secret
        browser.Fill("New Password", TestPeople.OwnPassword);
        browser.Fill("Confirm New Password", TestPeople.OwnPassword);
        await browser.ClickAsync("Save");
        Assert.Equal("/patient", browser.Url);

        await app.AddAuthenticatorAsync(paula);
        await app.ChangeAsync(paula, account => account.PasswordSetAt = app.Clock.GetUtcNow().AddDays(-400));   // one of staff would have expired
        using var later = await app.SignInPatientAsync(paula, TestPeople.OwnPassword);
        Assert.Equal("/patient", later.Url);
        Assert.Equal(["/patient/sign-in", "/patient"], later.Way);
    }

    [Fact]
    public void Of_all_steps_one_concerns_patients() =>
        Assert.Equal([typeof(ReplacePasswordStep)], SignInJourney.Order.Where(step => step.ConcernsPatients).Select(step => step.GetType()));

    [Theory, EachDatabase]
    public async Task What_a_clinic_decides_about_second_factors_is_about_its_staff(Database database)
    {
        var app = await apps.OnAsync(database);
        var administrator = await app.AddPersonAsync(roles: Roles.Administrator);
        var colleague = await app.AddPersonAsync(organization: administrator.Organization);
        var paula = await app.AddPatientAsync(organization: administrator.Organization);
        await app.AddAuthenticatorAsync(paula);
        using var browser = await app.SignInAsync(administrator);
        var person = await app.PersonOfAsync(browser);

        var preview = await app.RunAsync<ChangeFactorSetting, FactorSettingPreview>(
            change => change.PreviewAsync(person, new(OrganizationMethod.UsersChoose, 0), TestContext.Current.CancellationToken));
        var people = await app.RunAsync<ResetSecondFactor, List<Guid>>(
            reset => reset.PeopleOf(person).Select(one => one.AccountId).ToListAsync(TestContext.Current.CancellationToken));

        Assert.Equal((2, 1), (preview.People, preview.Ready.Count));
        Assert.Equal([colleague.Id], people);
    }

    [Theory, EachDatabase]
    public async Task The_end_of_a_session_leads_back_to_the_door_it_came_from(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var paula = await app.AddPatientAsync();
        using var browser = await app.SignInPatientAsync(paula);
        Assert.Equal("/patient/sign-in?ended=idle", browser.Document.QuerySelector("#idle-warning")!.GetAttribute("data-ended"));
        using (var changing = await app.SignInPatientAsync(await app.AddPatientAsync(PersonKind.New)))
        {
            app.Clock.Advance(TimeSpan.FromMinutes(31));
            await changing.ClickAsync("Save");
            Assert.Equal("/patient/sign-in?returnUrl=%2Fsign-in%2Fpassword&ended=true", changing.Url);
        }

        using var leaving = browser.Copy(app);
        await leaving.SubmitAsync(browser.FormOf("Sign out"));
        Assert.Equal("/patient/sign-in?signedOut=true", leaving.Url);
        using var atWork = browser.Copy(app);
        await atWork.OpenAsync("/account");
        Assert.Equal("/sign-in?returnUrl=%2Faccount&ended=true", atWork.Url);   // whoever sits there now: the page is for staff
        await browser.RefreshAsync();
        Assert.Equal("/patient/sign-in?ended=true", browser.Url);
        Assert.Contains("You were signed out because the session had ended.", browser.Text, StringComparison.Ordinal);
        await browser.SignInByEmailAsync(paula.Email, paula.Password);
        Assert.Equal("/patient", browser.Url);
    }

    /// <summary>The form that was answered at one door is a new one at the other, under the same name, too (S0-04).</summary>
    [Theory, EachDatabase]
    public async Task A_form_sent_again_at_the_other_door_opens_nothing(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:Policy", "clinic"));
        var clinic = await app.AddOrganizationAsync();
        var patient = Assert.IsType<CreateAccountOutcome.Created>(await CreateAsync(app, clinic, Audience.Patient));
        await CreateAsync(app, clinic, Audience.Staff);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/patient/sign-in");
        browser.Fill("Email Address", Address);
        browser.Fill("Password", patient.TemporaryPassword);
        var sent = browser.FormOf("Login");
        await browser.SubmitAsync(sent);
        Assert.Equal("/sign-in/password", browser.Url);
        await browser.SubmitAsync(sent);
        Assert.Equal("/sign-in/password", browser.Url);
        Assert.Equal(1, await app.ReadAsync(db => db.Sessions.CountAsync()));

        await browser.OpenAsync("/sign-in");
        browser.Fill("Email Address", Address);
        browser.Fill("Password", patient.TemporaryPassword);
        var again = browser.FormOf("Login");
        again["Input.FormId"] = sent["Input.FormId"];
        await browser.SubmitAsync(again);

        Assert.Equal(("/sign-in", "Invalid credentials"), (browser.Url, browser.Alert));
    }

    [Fact]
    public void Nobody_crosses_over() => Assert.Contains(
        typeof(IsExternalInit), typeof(Account).GetProperty(nameof(Account.Audience))!.SetMethod!.ReturnParameter.GetRequiredCustomModifiers());

    private static Task<CreateAccountOutcome> CreateAsync(CardeaApp app, TestOrganization clinic, Audience audience, string email = Address) =>
        app.RunAsync<CreateAccount, CreateAccountOutcome>(create => create.RunAsync(
            clinic.Code,
            new("amina", "Amina", "Diallo", email, audience is Audience.Staff ? Roles.Standard : Roles.None, Audience: audience),
            TestContext.Current.CancellationToken));

    private static Task<FoundAccount?> FindAsync(CardeaApp app, Audience audience, TestOrganization clinic, string name) =>
        app.RunAsync<AccountFinder, FoundAccount?>(finder => finder.FindAsync(audience, clinic.Code, name, TestContext.Current.CancellationToken));

    /// <summary>Opens the door and fills what it asks for.</summary>
    private static async Task SignInAsync(PersonBrowser browser, Audience audience, TestOrganization clinic, string name, string password)
    {
        await browser.OpenAsync(AudiencePages.SignIn(audience));
        var labels = browser.Document.QuerySelectorAll("main label").Select(label => label.TextContent.Trim()).ToList();
        if (labels.Contains("Organization Code"))
        {
            browser.Fill("Organization Code", clinic.Code);
        }

        browser.Fill(labels.Contains("Email Address") ? "Email Address" : "Username", name);
        browser.Fill("Password", password);
        await browser.ClickAsync("Login");
    }

    [GeneratedRegex("""[\w-]{43,}""")]
    private static partial Regex Secret();
}
