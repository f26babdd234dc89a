using System.Net;
using System.Text;
using Cardea.Features.Accounts;
using Cardea.Features.Invitations;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;
using Cardea.Tests.CommandLine;
using Cardea.Tests.EmailAddresses;
using Cardea.Tests.Journey;
using Cardea.Tests.Recovery;

namespace Cardea.Tests.Invitations;

/// <summary>The mailed link with which a new person chooses their first password.</summary>
[Scenario("S2-03", "V6.4.1")]
public sealed class InvitationTests(AppsWithLinks apps) : IClassFixture<AppsWithLinks>
{
    private const string Open = "Welcome", IsOver = "This invitation no longer works", IsDone = "Your account is ready", Chosen = RecoverySteps.NewPassword;

    [Theory, EachDatabase]
    [Scenario("S0-02", "S2-09", "A-08")]
    public async Task From_the_command_line_over_the_mail_to_My_Dashboard(Database database)
    {
        await using var app = await StartAsync(database);
        await app.PublishAgreementsAsync();
        var clinic = await app.AddOrganizationAsync();

        var created = await app.CommandAsync(
            InvitationSteps.PublicAddressOption, "accounts", "create", "--organization", clinic.Code, "--username", "amina", "--given-name", "Amina", "--family-name", "Diallo",
            "--email", "amina@clinic.example", "--role", "standard", "--invite");

        Assert.Equal((0, "", "amina"), (created.ExitCode, created.Error, created.Fact("Username")));
        Assert.StartsWith("amina was created. An invitation is on its way to amina@clinic.example: its link works once, until ", created.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("assword", created.Output, StringComparison.Ordinal);
        app.Clock.Advance(TimeProvider.System.GetUtcNow() - app.Clock.GetUtcNow() + TimeSpan.FromMinutes(1));   // the command line lives in our time
        var link = await app.InvitationToAsync("amina@clinic.example");
        var mail = Assert.Single(await app.MailsToAsync("amina@clinic.example", expected: 1));
        Assert.Contains($"{AppsWithLinks.PublicAddress}{link}", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains($"organization code {clinic.Code}, username amina", mail.TextBody, StringComparison.Ordinal);
        using var browser = await app.OpenInvitationAsync(link);
        Assert.Equal(("/welcome", Open), (browser.Url, browser.Heading));
        Assert.Contains(clinic.Code, browser.Text, StringComparison.Ordinal);
        Assert.Contains(TestPerson.DisplayName, browser.Text, StringComparison.Ordinal);

        await browser.ChooseAsync(Chosen);

        Assert.Equal(IsDone, browser.Heading);
        await browser.RefreshAsync();
        Assert.Equal((HttpStatusCode.OK, IsDone), (browser.Status, browser.Heading));
        await browser.FollowAsync("Go to the sign-in page");
        await browser.SignInAsync(clinic.Code, "amina", Chosen);
        Assert.Equal("/sign-in/agreement", browser.Url);
        var account = await app.ReadAsync(db => db.Accounts.AsNoTracking().SingleAsync());
        Assert.False(account.PasswordIsTemporary);
        var entries = (await app.AuditAsync()).Where(entry => entry.SubjectId == account.Id).ToList();
        Assert.Equal(
            Environment.UserName, Assert.Single(entries, entry => entry.Name == "invitation.sent.v1").ActorId);
        Assert.Equal("203.0.113.7", Assert.Single(entries, entry => entry.Name == "invitation.accepted.v1").Address);
    }

    /// <summary>Whatever a preset asks beside reset links, new people have nothing yet to answer it with; and then the whole first journey is theirs.</summary>
    [Theory]
    [EachDatabase("miic", "/sign-in/agreement /sign-in/email /sign-in/security-questions")]
    [EachDatabase("clinical-portal", "")]
    [EachDatabase("clinic", "")]
    [EachDatabase("nist", "/sign-in/agreement /sign-in/email /sign-in/second-factor-set-up/choose /sign-in/second-factor-set-up/app")]
    [Scenario("S2-09", "N-16")]
    public async Task In_every_preset_it_leads_to_the_first_journey(Database database, string preset, string steps)
    {
        await using var app = await StartAsync(database, ("Cardea:Policy", preset));
        await app.PublishAgreementsAsync();

        var amina = await WalkingPerson.InviteAsync(app, preset, await app.AddOrganizationAsync(), Roles.Standard);

        Assert.Equal(steps, string.Join(' ', await amina.SignInAndOutAsync()));
        app.Clock.Advance(TimeSpan.FromMinutes(1));   // to the next code of the phone
        Assert.Empty((await amina.SignInAndOutAsync()).Except(["/sign-in/second-factor"]));
    }

    [Theory, EachDatabase]
    [Scenario("S1-09", "X-06")]
    public async Task A_patient_is_led_to_the_door_of_patients(Database database)
    {
        var app = await apps.OnAsync(database);
        var (clinic, email) = (await app.AddOrganizationAsync(), $"p{Guid.CreateVersion7():N}@home.example");
        Assert.IsType<CreateAccountOutcome.Invited>(await app.RunAsync((CreateAccount create) => create.RunAsync(
            clinic.Code, new("", "Paula", "Diallo", email, Roles.None, Audience: Audience.Patient), CancellationToken.None, FirstWayIn.Invitation)));
        using var browser = await app.OpenInvitationAsync(await app.InvitationToAsync(email));
        Assert.DoesNotContain(clinic.Code, browser.Text, StringComparison.Ordinal);

        await browser.ChooseAsync(Chosen);

        await browser.FollowAsync("Go to the sign-in page");
        Assert.Equal("/patient/sign-in", browser.Url);
        await browser.SignInByEmailAsync(email, Chosen);
        Assert.Equal("/patient", browser.Url);
    }

    /// <summary>Mail programs open links by themselves, some many times, before anybody reads the mail.</summary>
    [Theory, EachDatabase]
    [Scenario("S2-33", "V14.2.1")]
    public async Task Opening_it_uses_nothing_up_and_its_secret_leaves_the_address(Database database)
    {
        var app = await apps.OnAsync(database);
        var link = await app.InvitationToAsync(await app.InviteAsync());
        for (var time = 0; time < 2; time++)
        {
            using var scanner = app.OpenBrowser("198.51.100.77");
            await scanner.OpenAsync(link);
            await scanner.SendAsync(new(HttpMethod.Head, link));
            Assert.Equal(Open, scanner.Heading ?? Open);
        }

        using var browser = await app.OpenInvitationAsync(link);

        Assert.Equal("/welcome", browser.Url);
        Assert.DoesNotContain(SecretIn(link), browser.Html, StringComparison.Ordinal);
        await browser.ChooseAsync(Chosen);
        Assert.Equal(IsDone, browser.Heading);
    }

    [Theory]
    [EachDatabase("2.23:59:59", true)]
    [EachDatabase("3.00:00:00", false)]
    [EachDatabase("3.00:00:01", false)]
    public async Task It_works_for_as_long_as_a_temporary_password(Database database, string age, bool works)
    {
        await using var app = await StartAsync(database);
        var amina = await app.InviteAsync();
        var link = await app.InvitationToAsync(amina);
        app.Clock.Advance(TimeSpan.Parse(age, System.Globalization.CultureInfo.InvariantCulture));

        using var browser = await app.OpenInvitationAsync(link);

        Assert.Equal(works ? Open : IsOver, browser.Heading);
        if (works)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(2));   // while the password was typed
            await browser.ChooseAsync(Chosen);
            Assert.Equal(IsOver, browser.Heading);
        }

        Assert.Contains("Ask your administrator for a new invitation", browser.Text, StringComparison.Ordinal);
        Assert.Null(await app.ReadAsync(db => db.Accounts.Where(a => a.Id == amina.Id).Select(a => a.PasswordHash).SingleAsync()));
    }

    [Theory, EachDatabase]
    [Scenario("A-04")]
    public async Task Only_the_newest_works_and_only_once(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.InviteAsync();
        var first = await app.InvitationToAsync(amina);
        using var early = await app.OpenInvitationAsync(first);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<ResendInvitationOutcome.Sent>(await app.ResendAsync(amina));
        var second = await app.InvitationToAsync(amina, expected: 2);

        await early.ChooseAsync(Chosen);
        Assert.Equal(IsOver, early.Heading);
        using var right = await app.OpenInvitationAsync(second);
        using var late = right.Copy(app);
        await late.OpenAsync("/welcome");
        await right.ChooseAsync(Chosen);
        Assert.Equal(IsDone, right.Heading);
        await late.ChooseAsync("Quiet#Lantern99");
        Assert.Equal(IsOver, late.Heading);
        await late.OpenAsync(second);
        Assert.Equal(IsOver, late.Heading);
        using var signedIn = await app.SignInAsync(amina, Chosen);
        Assert.Equal("/sign-in/email", signedIn.Url);
    }

    [Theory]
    [EachDatabase("new password")]
    [EachDatabase("address")]
    [EachDatabase("disabled")]
    [EachDatabase("deleted")]
    [EachDatabase("inactive")]
    [EachDatabase("own password")]
    [EachDatabase("signed in")]
    [EachDatabase("factor")]
    [EachDatabase("recovery code")]
    [EachDatabase("answers")]
    [Scenario("A-04", "A-06", "S2-18")]
    public async Task It_is_over_when_the_account_has_changed(Database database, string what)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.InviteAsync();
        var link = await app.InvitationToAsync(amina);
        using var opened = await app.OpenInvitationAsync(link);
        Assert.Equal(Open, opened.Heading);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var now = app.Clock.GetUtcNow();
        await (what switch
        {
            "new password" => app.RunAsync((GiveNewPassword give) => give.RunAsync(new(amina.Id, amina.Organization.Id), CancellationToken.None)),
            "signed in" => app.WriteAsync(db => db.AccountActivity.Where(a => a.AccountId == amina.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.LastSignInCompletedAt, now))),
            "factor" => app.AddFactorAsync(amina, FactorKinds.Text),
            "recovery code" => app.WriteAsync(db =>
            {
                db.Add(new Features.SecondFactors.Recovery.RecoveryCodeHash { AccountId = amina.Id, Position = 0, CodeHash = "", MadeAt = now });
                return db.SaveChangesAsync();
            }),
            "answers" => app.SettleAsync(amina, "/sign-in/security-questions"),
            _ => app.ChangeAsync(amina, account =>
            {
                switch (what)
                {
                    case "address":
                        (account.Email, account.NormalizedEmail) = ("new@clinic.example", "new@clinic.example");
                        break;
                    case "disabled":
                        account.DisabledAt = now;
                        break;
                    case "deleted":
                        (account.DisabledAt, account.DeletedAt) = (now, now);
                        break;
                    case "inactive":
                        account.InactivatedAt = now;
                        break;
                    default:
                        account.PasswordIsTemporary = false;
                        break;
                }
            }),
        });

        using var browser = await app.OpenInvitationAsync(link);
        Assert.Equal((HttpStatusCode.OK, IsOver), (browser.Status, browser.Heading));
        await opened.ChooseAsync(Chosen);
        Assert.Equal(IsOver, opened.Heading);
        using var signedIn = await app.SignInAsync(amina, Chosen);
        Assert.Equal("Invalid credentials", signedIn.Alert);
    }

    [Theory]
    [EachDatabase("")]
    [EachDatabase("short")]
    [EachDatabase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [Scenario("A-06")]
    public async Task One_that_we_did_not_send_opens_nothing(Database database, string secret)
    {
        var app = await apps.OnAsync(database);

        using var browser = await app.OpenInvitationAsync($"/welcome?link={secret}");

        Assert.Equal((HttpStatusCode.OK, IsOver), (browser.Status, browser.Heading));
    }

    /// <summary>Two tabs, two people: what is typed for one is not the other's password.</summary>
    [Theory, EachDatabase]
    public async Task The_form_of_one_person_sets_nobody_elses_password(Database database)
    {
        var app = await apps.OnAsync(database);
        var (amina, boris) = (await app.InviteAsync(), await app.InviteAsync());
        using var browser = await app.OpenInvitationAsync(await app.InvitationToAsync(amina));
        browser.Fill("New Password", Chosen);
        browser.Fill("Confirm New Password", Chosen);
        var form = browser.FormOf("Save");
        await browser.OpenAsync(await app.InvitationToAsync(boris));

        await browser.SubmitAsync(form);

        Assert.Equal(IsOver, browser.Heading);
        Assert.Equal(2, await app.ReadAsync(db => db.Accounts.CountAsync(a => (a.Id == amina.Id || a.Id == boris.Id) && a.PasswordHash == null)));
    }

    [Theory, EachDatabase]
    [Scenario("A-02", "A-04", "V15.4.1")]
    public async Task Of_many_passwords_at_once_one_counts(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.InviteAsync();
        using var browser = await app.OpenInvitationAsync(await app.InvitationToAsync(amina));
        var copies = Enumerable.Range(0, 6).Select(_ => browser.Copy(app)).ToList();
        foreach (var copy in copies)
        {
            await copy.OpenAsync("/welcome");
        }

        await Task.WhenAll(copies.Select((copy, number) => Task.Run(() => copy.ChooseAsync($"{Chosen}{number}"))));

        var winner = Assert.Single(Enumerable.Range(0, copies.Count), number => copies[number].Heading == IsDone);
        using var signedIn = await app.SignInAsync(amina, $"{Chosen}{winner}");
        Assert.Equal("/sign-in/email", signedIn.Url);
        Assert.Single(await app.AuditAsync(), entry => entry.SubjectId == amina.Id && entry.Name == "invitation.accepted.v1");
        copies.ForEach(copy => copy.Dispose());
    }

    [Theory]
    [EachDatabase("short", "short", "Use at least 12 characters.")]
    [EachDatabase(Chosen, "Quiet#lantern88", "The two entries differ.")]
    [Scenario("S2-12", "V6.2.11")]
    public async Task A_password_that_breaks_a_rule_leaves_it_as_it_was(Database database, string password, string again, string sentence)
    {
        var app = await apps.OnAsync(database);
        var link = await app.InvitationToAsync(await app.InviteAsync());
        using var browser = await app.OpenInvitationAsync(link);

        await browser.ChooseAsync(password, again);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains(sentence, browser.Alert, StringComparison.Ordinal);
        using var elsewhere = await app.OpenInvitationAsync(link);
        Assert.Equal(Open, elsewhere.Heading);
        await browser.ChooseAsync(Chosen);
        Assert.Equal(IsDone, browser.Heading);
    }

    /// <summary>The two kinds of links have a page each: neither opens what the other is for.</summary>
    [Theory, EachDatabase]
    [Scenario("A-06", "S2-34")]
    public async Task It_is_no_reset_link_and_a_reset_link_is_no_invitation(Database database)
    {
        var app = await apps.OnAsync(database);
        var invitation = SecretIn(await app.InvitationToAsync(await app.InviteAsync()));
        var reset = SecretIn(await app.AddResetLinkAsync(await app.AddPersonAsync()));

        using var browser = await app.OpenInvitationAsync($"/welcome?link={reset}");
        Assert.Equal(IsOver, browser.Heading);
        await browser.OpenAsync($"/forgot-password/link?link={invitation}");
        Assert.Equal("This link no longer works", browser.Heading);
        browser.Cookies.Put("__Host-cardea-reset", invitation);
        await browser.OpenAsync("/forgot-password/new");
        Assert.Equal("This link no longer works", browser.Heading);
    }

    /// <summary>Whoever knows the names of somebody new gets no link sent, and does not end the one that was.</summary>
    [Theory, EachDatabase]
    [Scenario("S2-35", "A-16")]
    public async Task Asking_for_a_reset_changes_nothing(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.InviteAsync();
        var link = await app.InvitationToAsync(amina);
        using var stranger = app.OpenBrowser();
        await stranger.OpenAsync("/forgot-password");
        await stranger.AskForLinkAsync(amina);
        await app.WorkOffRequestsAsync();
        Assert.Contains("Use the invitation that was mailed to you", (await app.MailsToAsync(amina.Email, expected: 2))[^1].TextBody, StringComparison.Ordinal);

        using var browser = await app.OpenInvitationAsync(link);

        Assert.Equal(Open, browser.Heading);
        Assert.Equal(1, await app.ReadAsync(db => db.ResetLinks.CountAsync(l => l.AccountId == amina.Id)));
    }

    /// <summary>As for everybody else: the same answer after one hash.</summary>
    [Theory]
    [EachDatabase("")]
    [EachDatabase("Rainy#Tuesday42")]
    [Scenario("S0-05", "A-06")]
    public async Task Until_it_is_accepted_no_password_opens_the_account(Database database, string password)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.InviteAsync();
        using var hashes = new CountedHashes(app);

        using var browser = await app.SignInAsync(amina, password);

        Assert.Equal(password.Length == 0 ? "/sign-in" : "Invalid credentials", password.Length == 0 ? browser.Url : browser.Alert);
        Assert.Equal(password.Length == 0 ? 0 : 1, hashes.Count);
    }

    [Theory, EachDatabase]
    [Scenario("X-05")]
    public async Task Whoever_was_only_invited_is_no_operator_to_rely_on(Database database)
    {
        await using var app = await StartAsync(database);
        var olga = await app.AddPersonAsync(roles: Roles.RegistryOperator);
        var oscar = await app.InviteAsync(roles: Roles.RegistryOperator);

        Assert.Equal(DisableAccountOutcome.IsLastOperator, await DisableOlgaAsync());
        using var browser = await app.OpenInvitationAsync(await app.InvitationToAsync(oscar));
        await browser.ChooseAsync(Chosen);
        Assert.Equal(DisableAccountOutcome.Disabled, await DisableOlgaAsync());

        Task<DisableAccountOutcome> DisableOlgaAsync() =>
            app.RunAsync((DisableAccount disable) => disable.RunAsync(new(olga.Id, olga.Organization.Id), CancellationToken.None));
    }

    [Theory, EachDatabase]
    [Scenario("A-08")]
    public async Task Where_a_link_would_lead_nowhere_nobody_is_invited(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var clinic = await app.AddOrganizationAsync();
        var outcome = await app.RunAsync((CreateAccount create) => create.RunAsync(
            clinic.Code, new("amina", "Amina", "Diallo", "amina@clinic.example", Roles.Standard), CancellationToken.None, FirstWayIn.Invitation));

        Assert.IsType<CreateAccountOutcome.NoPublicAddress>(outcome);
        Assert.Equal(0, await app.ReadAsync(db => db.Accounts.CountAsync()));
        Assert.IsType<ResendInvitationOutcome.NoPublicAddress>(await app.ResendAsync(await app.AddPersonAsync(PersonKind.New)));
    }

    /// <summary>Everything is logged, and nothing of it is the secret, or the password that was chosen.</summary>
    [Theory, EachDatabase]
    [Scenario("V16.2.5", "V14.2.1", "V11.5.1", "V16.3.4")]
    public async Task Its_secret_is_nowhere_but_in_the_mail(Database database)
    {
        await using var app = await StartAsync(database, ("Logging:LogLevel:Default", "Trace"));
        var amina = await app.InviteAsync();
        var link = await app.InvitationToAsync(amina);
        using var browser = await app.OpenInvitationAsync(link);
        await browser.ChooseAsync("short");
        await browser.ChooseAsync("Canary#Lantern88");
        Assert.Equal(IsDone, browser.Heading);
        await app.MailsToAsync(amina.Email, expected: 2);

        var audit = await app.AuditAsync();
        var outbox = await app.ReadAsync(db => db.OutboxMessages.ToListAsync());
        var kept = await app.ReadAsync(db => db.ResetLinks.SingleAsync());
        Assert.NotEmpty(app.Logs.Lines);
        foreach (var secret in (string[])[SecretIn(link), "Canary#Lantern88"])
        {
            Assert.DoesNotContain(app.Logs.Lines, line => line.ToString().Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(audit, entry => $"{entry.Reason} {entry.Payload} {entry.ActorId}".Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(outbox, mail => mail.Payload is { } payload && Encoding.UTF8.GetString(payload).Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(secret, Encoding.UTF8.GetString(kept.SecretHash), StringComparison.Ordinal);
        }
    }

    private static string SecretIn(string link) => link.Split('=')[1];

    private static Task<CardeaApp> StartAsync(Database database, params (string Key, string Value)[] settings) =>
        CardeaApp.StartAsync(database, [("Cardea:PublicAddress", AppsWithLinks.PublicAddress), .. settings]);
}
