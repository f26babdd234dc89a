using System.Net;
using System.Text.RegularExpressions;
using Cardea.Data;
using Cardea.Features.SecondFactors;
using Cardea.Rules.SecondFactors;

namespace Cardea.Tests.SecondFactors;

public sealed class TwoTextsApps : CardeaApps
{
    protected override IEnumerable<(string Key, string Value)> Settings => [("Cardea:Texts:PerNumberAnHour", "2")];
}

/// <summary>A clinic wants codes by text.</summary>
[Scenario("S1-04", "S1-06")]
public sealed partial class TextCodeTests(TwoTextsApps apps) : IClassFixture<TwoTextsApps>
{
    private const string Page = "/sign-in/second-factor-set-up/text", Number = "+16125550123";

    [Theory, EachDatabase, Scenario("S1-03", "V6.3.7", "N-10", "V6.6.1")]
    public async Task A_phone_is_set_up_and_signs_in(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        using var browser = await app.SignInAsync(amina);
        Assert.Equal((Page, "Set up codes by text message"), (browser.Url, browser.Heading));
        Assert.Contains("Texts can be intercepted", browser.Text, StringComparison.Ordinal);

        var number = NewNumber();
        await SendToAsync(browser, $"({number[2..5]}) {number[5..8]}-{number[8..]}");
        Assert.Contains($"We sent a code to (•••) •••-••{number[^2..]}.", browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(number[2..], browser.Html, StringComparison.Ordinal);
        await EnterAsync(browser, await CodeTextedToAsync(app, number));
        Assert.Equal("Your recovery codes", browser.Heading);
        var factor = await app.FactorOfAsync(amina);
        Assert.Equal((FactorKinds.Text, number), (factor.Kind, factor.PhoneNumber));

        app.Clock.Advance(TimeSpan.FromSeconds(1));
        using var next = await app.SignInAsync(amina);
        Assert.Equal("/sign-in/second-factor/text", next.Url);
        await EnterAsync(next, await CodeTextedToAsync(app, number, expected: 2));
        Assert.Equal("/", next.Url);
        Assert.Equal("pwd sms mfa", (await app.PersonOfAsync(next)).AuthenticationMethods);
    }

    [Theory]
    [EachDatabase("", "Enter the number of your mobile phone.")]
    [EachDatabase("12345", "This is not a phone number that can be called.")]
    [EachDatabase("+1 242 365 1234", "Texts are sent to numbers of the United States only.")]   // the Bahamas share +1
    [EachDatabase("+44 20 7946 0958", "Texts are sent to numbers of the United States only.")]
    [EachDatabase("800 555 0199", "No texts can be sent to this kind of number.")]
    [EachDatabase("900 555 0199", "No texts can be sent to this kind of number.")]
    [Scenario("A-20", "W-3.3.1", "F-13")]
    public async Task A_number_that_gets_no_texts_is_refused_at_its_field_and_kept(Database database, string typed, string sentence)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        using var browser = await app.SignInAsync(amina);

        await SendToAsync(browser, typed);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains(sentence, browser.Alert, StringComparison.Ordinal);
        Assert.Equal(typed, browser.Field("Phone Number").GetAttribute("value") ?? "");
        Assert.Equal(0, await app.ReadAsync(db => db.SentCodes.CountAsync(code => code.AccountId == amina.Id)));
    }

    [Theory, EachDatabase]
    public async Task A_mistyped_number_can_be_mended(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        using var browser = await app.SignInAsync(amina);
        await SendToAsync(browser, NewNumber());
        app.Clock.Advance(TimeSpan.FromSeconds(30));

        await browser.FollowAsync("Use another number");
        var number = NewNumber();
        await SendToAsync(browser, number);
        await EnterAsync(browser, await CodeTextedToAsync(app, number));

        Assert.Equal(number, (await app.FactorOfAsync(amina)).PhoneNumber);
    }

    [Theory, EachDatabase, Scenario("S1-07")]
    public async Task Resending_means_the_same_number(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        using var browser = await app.SignInAsync(amina);
        var number = NewNumber();
        await SendToAsync(browser, number);
        app.Clock.Advance(TimeSpan.FromSeconds(30));

        await browser.ClickAsync("Resend");

        await EnterAsync(browser, await CodeTextedToAsync(app, number, expected: 2));
        Assert.Equal("Your recovery codes", browser.Heading);
    }

    [Theory, EachDatabase, Scenario("A-20")]
    public async Task Past_a_cap_nothing_is_sent_and_another_way_is_open(Database database)
    {
        var app = await apps.OnAsync(database);
        var ben = await AddPersonAsync(app);
        for (var texts = 0; texts < 2; texts++)
        {
            using var other = await app.SignInAsync(await AddPersonAsync(app));
            await SendToAsync(other, Number);
            Assert.Equal(HttpStatusCode.OK, other.Status);
        }

        using var browser = await app.SignInAsync(ben);
        await SendToAsync(browser, Number);

        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Status);
        Assert.Contains("No more texts can be sent for now", browser.Alert, StringComparison.Ordinal);
        Assert.Contains("Another way", browser.Text, StringComparison.Ordinal);
        Assert.Equal(0, await app.ReadAsync(db => db.SentCodes.CountAsync(code => code.AccountId == ben.Id)));
    }

    /// <summary>A phone that was stolen, and removed: its owner is quick, but a code lies on it already.</summary>
    [Theory, EachDatabase, Scenario("A-06", "A-12")]
    public async Task A_code_on_a_phone_that_is_no_factor_any_more_proves_nothing(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync();
        await app.AskForSecondFactorAsync(amina.Organization, OrganizationMethod.Texts);
        using var thief = await app.SignInAsync(amina);
        var number = NewNumber();
        await SendToAsync(thief, number);
        var form = thief.FormOf("Submit");
        var code = await CodeTextedToAsync(app, number);
        await app.WriteAsync(db =>
        {
            db.Add(new Factor
            {
                Id = app.Clock.NewId(),
                AccountId = amina.Id,
                Kind = FactorKinds.Text,
                PhoneNumber = NewNumber(),
                AddedAt = app.Clock.GetUtcNow(),
            });
            return db.SaveChangesAsync();
        });

        form.Target = new Uri(form.Target, "/sign-in/second-factor/text");
        form["Input.Code"] = code;
        await thief.SubmitAsync(form);

        Assert.Null((await app.ReadAsync(db => db.Sessions.SingleAsync(s => s.AccountId == amina.Id))).SecondFactorAt);
    }

    private static int _numbers;

    /// <summary>Of Minneapolis, of the block that nobody has.</summary>
    private static string NewNumber() => $"+161255501{Interlocked.Increment(ref _numbers) % 100:D2}";

    private static async Task<TestPerson> AddPersonAsync(CardeaApp app)
    {
        var person = await app.AddPersonAsync();
        await app.AskForSecondFactorAsync(person.Organization, OrganizationMethod.Texts);
        return person;
    }

    private static Task SendToAsync(PersonBrowser browser, string number)
    {
        browser.Fill("Phone Number", number);
        return browser.ClickAsync("Submit");
    }

    private static Task EnterAsync(PersonBrowser browser, string code)
    {
        browser.Fill("Enter Code", code);
        return browser.ClickAsync("Submit");
    }

    /// <summary>From the pickup folder, as soon as there are as many as expected.</summary>
    private static async Task<string> CodeTextedToAsync(CardeaApp app, string number, int expected = 1)
    {
        var folder = Directory.CreateDirectory(Path.Combine(app.Folder, "texts"));
        using var news = new FileSystemWatcher(folder.FullName, "*.txt");
        using var arrived = new SemaphoreSlim(0);
        news.Renamed += (_, _) => arrived.Release();
        news.EnableRaisingEvents = true;
        while (true)
        {
            var texts = folder.GetFiles("*.txt").OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => File.ReadAllText(file.FullName))
                .Where(text => text.Contains(number, StringComparison.Ordinal)).ToList();
            if (texts.Count >= expected)
            {
                return SixDigits().Match(texts[^1]).Value;
            }

            Assert.True(await arrived.WaitAsync(TimeSpan.FromSeconds(30)), $"{expected} texts to {number} were expected, {texts.Count} came.");
        }
    }

    [GeneratedRegex(@"(?<!\d)\d{6}(?!\d)")]
    private static partial Regex SixDigits();
}
