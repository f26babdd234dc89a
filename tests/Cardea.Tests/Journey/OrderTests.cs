using Cardea.Features.SignIn.Journey;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.Journey;

[Scenario("S2-09", "V2.3.1")]
public sealed class OrderTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    [Fact]
    public void The_order_reads_as_the_document_says() =>
        Assert.Equal(
            ["Organization", "SecondFactor", "Password", "UserAgreement", "AdministratorAgreement", "Email", "SecurityQuestions", "SecondFactorSetUp"],
            SignInJourney.Order.Select(step => step.Name));

    [Theory]
    [EachDatabase(Roles.Standard, new[] { "/sign-in/password", "/sign-in/agreement", "/sign-in/email", "/sign-in/security-questions" })]
    [EachDatabase(Roles.Administrator, new[] { "/sign-in/password", "/sign-in/agreement", "/sign-in/administrator-agreement", "/sign-in/email", "/sign-in/security-questions", "/sign-in/second-factor-set-up/choose" })]
    public async Task A_new_person_is_led_from_step_to_step_in_this_order(Database database, Roles roles, string[] order)
    {
        var app = await apps.OnAsync(database);
        await app.PublishAgreementsAsync();
        var amina = await app.AddPersonAsync(PersonKind.New, roles);

        foreach (var step in order)
        {
            using var browser = await app.SignInAsync(amina with { Password = step == order[0] ? amina.Password : TestPeople.OwnPassword });
            Assert.Equal(step, browser.Url);
            await app.SettleAsync(amina, step);
        }

        using var last = await app.SignInAsync(amina with { Password = TestPeople.OwnPassword });
        Assert.Equal(roles is Roles.Administrator ? "/sign-in/second-factor" : "/", last.Url);
    }

    /// <summary>Somebody else settles a later step first, say by another tab: the earlier one is still asked first.</summary>
    [Theory, EachDatabase]
    public async Task What_is_settled_out_of_order_is_not_asked_again_and_skips_nothing(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.PublishAgreementsAsync();
        var amina = await app.AddPersonAsync(PersonKind.New);
        await app.SettleAsync(amina, "/sign-in/email");
        await app.SettleAsync(amina, "/sign-in/agreement");

        using var browser = await app.SignInAsync(amina);

        Assert.Equal("/sign-in/password", browser.Url);
        await app.SettleAsync(amina, "/sign-in/password");
        await browser.OpenAsync("/");
        Assert.Equal("/sign-in/security-questions", browser.Url);
    }

    [Theory, EachDatabase]
    public async Task The_step_indicator_shows_the_whole_way_and_where_one_is(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.PublishAgreementsAsync();
        var amina = await app.AddPersonAsync(PersonKind.New);
        using var browser = await app.SignInAsync(amina);
        Assert.Equal(["Password current", "User agreement not completed", "Email address not completed", "Security questions not completed"], Steps(browser));

        await app.SettleAsync(amina, "/sign-in/password");
        await browser.OpenAsync("/");

        Assert.Equal(["Password completed", "User agreement current", "Email address not completed", "Security questions not completed"], Steps(browser));
    }

    private static IEnumerable<string> Steps(PersonBrowser browser) =>
        browser.Document.QuerySelectorAll(".usa-step-indicator__segment-label").Select(label => string.Join(' ', label.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
}
