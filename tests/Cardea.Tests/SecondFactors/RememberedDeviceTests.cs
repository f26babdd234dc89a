using Cardea.Features.SecondFactors.Devices;
using Cardea.Rules.SecondFactors;

namespace Cardea.Tests.SecondFactors;

/// <summary>A clinic lets its people be remembered on their devices for three days.</summary>
[Scenario("S1-08")]
public sealed class RememberedDeviceTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Box = "Do not ask again on this device for 3 days Not on a device that others use, too.", Cookie = "__Host-cardea-remembered";

    [Theory, EachDatabase]
    public async Task Who_wishes_so_is_not_asked_for_three_days_on_this_device_and_asked_on_any_other(Database database)
    {
        var app = await apps.OnAsync(database);
        var (amina, phone) = await AddPersonAsync(app);
        using var browser = await app.SignInAsync(amina);
        browser.Fill(Box, "yes");
        await browser.EnterCodeAsync(phone.Code());
        Assert.Equal("/", browser.Url);
        Assert.Contains(browser.SetCookies, cookie => cookie.StartsWith(Cookie, StringComparison.Ordinal) && cookie.Contains("max-age=259200", StringComparison.OrdinalIgnoreCase));

        app.Clock.Advance(TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1));
        Assert.Equal("/", await SignInAgainAsync(browser, amina));
        Assert.Equal("pwd", (await app.PersonOfAsync(browser)).AuthenticationMethods);
        using var elsewhere = await app.SignInAsync(amina);
        Assert.Equal("/sign-in/second-factor", elsewhere.Url);

        app.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("/sign-in/second-factor", await SignInAgainAsync(browser, amina));
    }

    [Theory, EachDatabase]
    public async Task Who_does_not_wish_it_is_asked_every_time(Database database)
    {
        var app = await apps.OnAsync(database);
        var (amina, phone) = await AddPersonAsync(app);
        using var browser = await app.SignInAsync(amina);
        await browser.EnterCodeAsync(phone.Code());

        Assert.Equal("/sign-in/second-factor", await SignInAgainAsync(browser, amina));
        Assert.Null(browser.Cookies[Cookie]);
    }

    [Theory]
    [EachDatabase(0)]
    [Scenario("N-14")]
    public async Task Where_it_is_asked_for_every_time_nothing_is_offered_and_a_forged_wish_does_nothing(Database database, int days)
    {
        var app = await apps.OnAsync(database);
        var (amina, phone) = await AddPersonAsync(app, days);
        using var browser = await app.SignInAsync(amina);
        Assert.DoesNotContain("Do not ask again", browser.Text, StringComparison.Ordinal);

        browser.Fill("MFA Code", phone.Code());
        var form = browser.FormOf("Login");
        form.Add("Input.Remember", "true");
        await browser.SubmitAsync(form);

        Assert.Equal(("/", null), (browser.Url, browser.Cookies[Cookie]));
        Assert.Equal(0, await app.ReadAsync(db => db.RememberedDevices.CountAsync(device => device.AccountId == amina.Id)));
    }

    [Theory, EachDatabase]
    public async Task A_new_password_or_setting_ends_it_and_so_does_a_new_address(Database database)
    {
        var app = await apps.OnAsync(database);
        foreach (var change in (Func<CardeaApp, TestPerson, Task>[])[
            (node, person) => node.ChangeAsync(person, account => account.PasswordSetAt = node.Clock.GetUtcNow()),
            (node, person) => node.WriteAsync(db => db.OrganizationFactorSettings.Where(s => s.OrganizationId == person.Organization.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.ChangedAt, node.Clock.GetUtcNow()))),
            (node, person) => node.RunAsync<RememberedDevices, bool>(async devices =>
            {
                await devices.ForgetAllAsync(person.Id, CancellationToken.None);
                return true;
            })])
        {
            var (amina, phone) = await AddPersonAsync(app);
            using var browser = await app.SignInAsync(amina);
            browser.Fill(Box, "yes");
            await browser.EnterCodeAsync(phone.Code());
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal("/", await SignInAgainAsync(browser, amina));

            await change(app, amina);

            Assert.Equal("/sign-in/second-factor", await SignInAgainAsync(browser, amina));
        }
    }

    [Theory, EachDatabase, Scenario("A-05")]
    public async Task The_mark_of_one_person_says_nothing_about_another(Database database)
    {
        var app = await apps.OnAsync(database);
        var (amina, phone) = await AddPersonAsync(app);
        var (ben, _) = await AddPersonAsync(app);
        using var browser = await app.SignInAsync(amina);
        browser.Fill(Box, "yes");
        await browser.EnterCodeAsync(phone.Code());
        var kept = (await app.ReadAsync(db => db.RememberedDevices.SingleAsync(device => device.AccountId == amina.Id))).SecretHash;
        Assert.NotEqual(browser.Cookies[Cookie], Convert.ToBase64String(kept));

        Assert.Equal("/sign-in/second-factor", await SignInAgainAsync(browser, ben));
    }

    private static async Task<(TestPerson Person, TestAuthenticator Phone)> AddPersonAsync(CardeaApp app, int days = 3)
    {
        var person = await app.AddPersonAsync();
        await app.AskForSecondFactorAsync(person.Organization, OrganizationMethod.UsersChoose, days);
        return (person, await app.AddAuthenticatorAsync(person));
    }

    private static async Task<string> SignInAgainAsync(PersonBrowser browser, TestPerson person)
    {
        browser.Cookies.CloseBrowser();
        await browser.OpenAsync("/sign-in");
        await browser.SignInAsync(person);
        return browser.Url;
    }
}
