using Cardea.Features.Organizations;
using Cardea.Rules.Permissions;
using Cardea.Tests.EmailAddresses;

namespace Cardea.Tests.Organizations;

/// <summary>Sixty days before, an organization hears once that its data-use agreement ends, whatever the jobs do.</summary>
public sealed class AgreementNoticeTests
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(CardeaApp.Start.UtcDateTime);

    [Theory, EachDatabase]
    public async Task Its_administrators_and_its_help_address_are_told_once_for_each_last_day(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var clinic = await app.AddOrganizationAsync();
        var amina = await app.AddPersonAsync(roles: Roles.Administrator, organization: clinic);
        await app.AddPersonAsync(organization: clinic);
        await app.AddPersonAsync(roles: Roles.Administrator, organization: clinic, change: account => account.DisabledAt = app.Clock.GetUtcNow());
        await app.ChangeOrganizationAsync(clinic, o => (o.AgreementUntil, o.HelpEmail, o.Language) = (Today.AddDays(61), "help@clinic.example", "es"));
        await RemindAsync(app);
        Assert.Equal(0, await PromisedAsync(app));

        app.Clock.Advance(TimeSpan.FromDays(1));
        await RemindAsync(app);
        await RemindAsync(app);

        var mail = Assert.Single(await app.MailsToAsync(amina.Email, expected: 1));
        Assert.Equal("Su acuerdo de uso de datos termina pronto", mail.Subject);
        Assert.Contains("2 de mayo de 2026", mail.TextBody, StringComparison.Ordinal);
        Assert.Single(await app.MailsToAsync("help@clinic.example", expected: 1));
        Assert.Equal(2, await PromisedAsync(app));
        var entry = Assert.Single(await app.AuditAsync(), e => e.Name == "organization.agreement_notice_given.v1");
        Assert.Equal((clinic.Id, """{"LastDay":"2026-05-02","Told":2}"""), (entry.OrganizationId!.Value, entry.Payload));

        await app.ChangeOrganizationAsync(clinic, o => o.AgreementUntil = Today.AddDays(400));
        await RemindAsync(app);
        app.Clock.Advance(TimeSpan.FromDays(350));
        await RemindAsync(app);
        Assert.Equal(4, await PromisedAsync(app));
    }

    /// <summary>In a small clinic it is often the same mailbox.</summary>
    [Theory, EachDatabase]
    public async Task An_administrator_whose_address_is_the_help_address_gets_one_mail(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync(roles: Roles.Administrator);
        await app.ChangeOrganizationAsync(amina.Organization, o => (o.AgreementUntil, o.HelpEmail) = (Today, amina.Email.ToUpperInvariant()));

        await RemindAsync(app);

        Assert.Equal(1, await PromisedAsync(app));
    }

    [Theory, EachDatabase]
    public async Task On_two_nodes_at_once_it_is_told_once(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        for (var i = 0; i < 20; i++)
        {
            await app.ChangeOrganizationAsync(await app.AddOrganizationAsync(), o => (o.AgreementUntil, o.HelpEmail) = (Today, "help@clinic.example"));
        }

        await using var other = app.StartSecondNode();
        await Task.WhenAll(((CardeaApp[])[app, other, app, other]).Select(node => Task.Run(() => RemindAsync(node))));

        Assert.Equal(20, await PromisedAsync(app));
    }

    [Theory]
    [EachDatabase("over")]
    [EachDatabase("deactivated")]
    [EachDatabase("no last day")]
    public async Task Who_has_no_use_for_it_gets_none(Database database, string which)
    {
        await using var app = await CardeaApp.StartAsync(database);
        await app.ChangeOrganizationAsync(await app.AddOrganizationAsync(), o =>
        {
            o.HelpEmail = "help@clinic.example";
            o.AgreementUntil = which switch { "over" => Today.AddDays(-1), "no last day" => null, _ => Today.AddDays(9) };
            o.DeactivatedAt = which is "deactivated" ? app.Clock.GetUtcNow() : null;
        });

        await RemindAsync(app);

        Assert.Equal(0, await PromisedAsync(app));
    }

    [Theory, EachDatabase]
    public async Task How_long_before_is_a_setting(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:Organizations:AgreementNoticeBefore", "30.00:00:00"));
        await app.ChangeOrganizationAsync(await app.AddOrganizationAsync(), o => (o.AgreementUntil, o.HelpEmail) = (Today.AddDays(31), "help@clinic.example"));

        await RemindAsync(app);
        Assert.Equal(0, await PromisedAsync(app));
        app.Clock.Advance(TimeSpan.FromDays(1));
        await RemindAsync(app);

        Assert.Equal(1, await PromisedAsync(app));
    }

    private static Task<bool> RemindAsync(CardeaApp app) => app.RunAsync<RemindOfAgreements, bool>(async job =>
    {
        await job.RunAsync(CancellationToken.None);
        return true;
    });

    private static Task<int> PromisedAsync(CardeaApp app) => app.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.Kind == AgreementEndsMail.Kind));
}
