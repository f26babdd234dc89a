using Cardea.Data;
using Cardea.Tests.EmailAddresses;

namespace Cardea.Tests.Recovery;

/// <summary>Who gets no link hears why by mail, and the page tells nobody.</summary>
[Scenario("S2-35")]
public sealed class RefusedResetTests(AppsWithLinks apps) : IClassFixture<AppsWithLinks>
{
    [Theory]
    [EachDatabase("never signed in", "You have not signed in yet.")]
    [EachDatabase("disabled", "Your account is disabled.")]
    [EachDatabase("no questions", "You have not set up security questions")]
    [EachDatabase("inactive", "your account is inactive")]
    [Scenario("S2-31", "A-12")]
    public async Task The_mail_says_why_and_what_to_do(Database database, string what, string sentence)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        await app.WriteAsync(db => what switch
        {
            "never signed in" => SetLastSignInAsync(db, null),
            "inactive" => SetLastSignInAsync(db, app.Clock.Now - TimeSpan.FromDays(90) - TimeSpan.FromSeconds(1)),
            "no questions" => db.SecurityAnswers.Where(answer => answer.AccountId == amina.Id).ExecuteDeleteAsync(),
            _ => app.ChangeAsync(amina, account => account.DisabledAt = app.Clock.Now),
        });
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/forgot-password");

        await browser.AskForLinkAsync(amina);

        Assert.Equal("Check your email", browser.Heading);
        await app.WorkOffRequestsAsync();
        var mail = Assert.Single(await app.MailsToAsync(amina.Email, expected: 1));
        Assert.Equal("Your password cannot be reset by a link", mail.Subject);
        Assert.Contains(sentence, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Contact your administrator or the help desk", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("link?", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal(0, await app.ReadAsync(db => db.ResetLinks.CountAsync(link => link.AccountId == amina.Id)));

        Task<int> SetLastSignInAsync(AppDbContext db, DateTimeOffset? at) =>
            db.AccountActivity.Where(a => a.AccountId == amina.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.LastSignInCompletedAt, at));
    }

    /// <summary>On the ninetieth day it still works.</summary>
    [Theory, EachDatabase]
    public async Task Ninety_days_are_not_too_long(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        var then = app.Clock.Now - TimeSpan.FromDays(90);
        await app.WriteAsync(db =>
            db.AccountActivity.Where(a => a.AccountId == amina.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.LastSignInCompletedAt, then)));

        Assert.NotNull(await app.AskForLinkAsync(amina));
    }
}
