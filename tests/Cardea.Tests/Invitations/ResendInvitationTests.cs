using Cardea.Features.Accounts;
using Cardea.Features.Invitations;
using Cardea.Rules.Accounts;
using Cardea.Tests.CommandLine;
using Cardea.Tests.Recovery;

namespace Cardea.Tests.Invitations;

/// <summary>Nobody has to be deleted and added once more because a mail went astray.</summary>
[Scenario("S2-03")]
public sealed class ResendInvitationTests(AppsWithLinks apps) : IClassFixture<AppsWithLinks>
{
    [Theory]
    [EachDatabase(true)]
    [EachDatabase(false)]
    public async Task It_helps_whose_link_or_temporary_password_ran_out(Database database, bool wasInvited)
    {
        await using var app = await StartAsync(database);
        var amina = wasInvited ? await app.InviteAsync() : await app.AddPersonAsync(PersonKind.New);
        if (wasInvited)
        {
            await app.InvitationToAsync(amina);
        }

        app.Clock.Advance(TimeSpan.FromDays(10));

        var sent = Assert.IsType<ResendInvitationOutcome.Sent>(await app.ResendAsync(amina));

        Assert.Equal((amina.Email, app.Clock.GetUtcNow().AddHours(72)), (sent.To, sent.WorksUntil));
        using var browser = await app.OpenInvitationAsync(await app.InvitationToAsync(amina, wasInvited ? 2 : 1));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await browser.ChooseAsync(RecoverySteps.NewPassword);
        using var signedIn = await app.SignInAsync(amina, RecoverySteps.NewPassword);
        Assert.Equal("/sign-in/email", signedIn.Url);
        Assert.IsType<ResendInvitationOutcome.IsInUse>(await app.ResendAsync(amina));
        Assert.Equal(wasInvited ? 2 : 1, (await app.AuditAsync()).Count(entry => entry.SubjectId == amina.Id && entry.Name == "invitation.sent.v1"));
    }

    [Theory, EachDatabase]
    [Scenario("A-06", "S2-19")]
    public async Task Who_cannot_be_invited_gets_no_mail(Database database)
    {
        var app = await apps.OnAsync(database);
        var now = app.Clock.GetUtcNow();
        var returning = await app.AddPersonAsync();
        var given = await app.AddForgetfulPersonAsync();
        await app.ChangeAsync(given, account => account.PasswordIsTemporary = true);
        var disabled = await app.AddPersonAsync(PersonKind.New, change: account => account.DisabledAt = now);
        var inactive = await app.AddPersonAsync(PersonKind.New, change: account => account.InactivatedAt = now);
        var unreachable = await app.AddPersonAsync(PersonKind.New, change: account => (account.Email, account.NormalizedEmail) = (null, null));

        Assert.IsType<ResendInvitationOutcome.IsInUse>(await app.ResendAsync(returning));
        Assert.IsType<ResendInvitationOutcome.IsInUse>(await app.ResendAsync(given));
        Assert.IsType<ResendInvitationOutcome.IsDisabled>(await app.ResendAsync(disabled));
        Assert.IsType<ResendInvitationOutcome.IsInactive>(await app.ResendAsync(inactive));
        Assert.IsType<ResendInvitationOutcome.NoAddress>(await app.ResendAsync(unreachable));

        Guid[] people = [returning.Id, given.Id, disabled.Id, inactive.Id, unreachable.Id];
        Assert.Equal(0, await app.ReadAsync(db => db.ResetLinks.CountAsync(link => people.Contains(link.AccountId))));
        Assert.DoesNotContain(await app.AuditAsync(), entry => people.Contains(entry.SubjectId ?? Guid.Empty) && entry.Name == "invitation.sent.v1");
    }

    [Theory, EachDatabase]
    [Scenario("A-16", "V15.4.1")]
    public async Task Five_an_hour_are_enough_and_of_many_at_once_one_link_works(Database database)
    {
        await using var app = await StartAsync(database);
        var amina = await app.InviteAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => app.ResendAsync(amina))));

        Assert.Equal(4, outcomes.OfType<ResendInvitationOutcome.Sent>().Count());
        Assert.Equal(4, outcomes.OfType<ResendInvitationOutcome.TooOften>().Count());
        Assert.Equal(1, await app.ReadAsync(db => db.ResetLinks.CountAsync(link => link.AccountId == amina.Id && link.ReplacedAt == null)));
        app.Clock.Advance(TimeSpan.FromHours(1));
        Assert.IsType<ResendInvitationOutcome.Sent>(await app.ResendAsync(amina));
    }

    /// <summary>Who had many invitations, and forgets what they chose, is mailed a reset link nevertheless.</summary>
    [Theory, EachDatabase]
    [Scenario("S2-30", "A-16")]
    public async Task They_do_not_count_as_reset_links(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.InviteAsync();
        for (var more = 1; more < 5; more++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));   // files of one moment stand in no order
            Assert.IsType<ResendInvitationOutcome.Sent>(await app.ResendAsync(amina));
        }

        using var browser = await app.OpenInvitationAsync(await app.InvitationToAsync(amina, expected: 5));
        await browser.ChooseAsync(RecoverySteps.NewPassword);
        await app.SettleAsync(amina);
        using (var before = await app.SignInAsync(amina, TestPeople.OwnPassword))
        {
            Assert.Equal("/", before.Url);
        }

        Assert.NotNull(await app.AskForLinkAsync(amina));
    }

    /// <summary>"Why can't she get in?"</summary>
    [Theory, EachDatabase]
    public async Task Whoever_helps_sees_whether_an_invitation_still_works(Database database)
    {
        await using var app = await StartAsync(database);
        var amina = await app.InviteAsync();
        Assert.Contains(new StandingReason.Invited(app.Clock.GetUtcNow().AddHours(72)), await ReasonsAsync());
        app.Clock.Advance(TimeSpan.FromHours(72));
        Assert.Equal([new StandingReason.InvitationIsOver(), new StandingReason.NeverSignedIn()], await ReasonsAsync());
        Assert.IsType<ResendInvitationOutcome.Sent>(await app.ResendAsync(amina));
        Assert.Equal([new StandingReason.Invited(app.Clock.GetUtcNow().AddHours(72)), new StandingReason.NeverSignedIn()], await ReasonsAsync());
        await app.ChangeAsync(amina, account => (account.Email, account.NormalizedEmail) = ("new@clinic.example", "new@clinic.example"));
        Assert.Contains(new StandingReason.InvitationIsOver(), await ReasonsAsync());
        var shown = await app.CommandAsync("accounts", "show", "--organization", amina.Organization.Code, "--username", amina.Username);
        Assert.Contains("invite the person anew", shown.Output, StringComparison.Ordinal);

        async Task<IReadOnlyList<StandingReason>> ReasonsAsync() =>
            (await app.RunAsync((WhyNotIn why) => why.RunAsync(new(amina.Id, amina.Organization.Id), CancellationToken.None))).Reasons;
    }

    [Theory, EachDatabase]
    public async Task The_command_line_says_what_came_of_it(Database database)
    {
        await using var app = await StartAsync(database);
        var (amina, boris) = (await app.InviteAsync(), await app.AddForgetfulPersonAsync());
        string[] invite = [InvitationSteps.PublicAddressOption, "accounts", "invite", "--organization", amina.Organization.Code, "--username", amina.Username];

        var sent = await app.CommandAsync(invite);

        Assert.Equal((0, ""), (sent.ExitCode, sent.Error));
        Assert.StartsWith($"An invitation is on its way to {amina.Email}: its link works once, until ", sent.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["The account is in use: give its person a new temporary password instead."],
            (await app.CommandAsync(InvitationSteps.PublicAddressOption, "accounts", "invite", "--organization", boris.Organization.Code, "--username", boris.Username)).Problems);
        await app.ChangeAsync(amina, account => account.DisabledAt = app.Clock.GetUtcNow());
        Assert.Equal(["The account is disabled: enable it first."], (await app.CommandAsync(invite)).Problems);
    }

    private static Task<CardeaApp> StartAsync(Database database) => CardeaApp.StartAsync(database, ("Cardea:PublicAddress", AppsWithLinks.PublicAddress));
}
