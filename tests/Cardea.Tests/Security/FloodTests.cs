using System.Net;
using System.Text;

namespace Cardea.Tests.Security;

/// <summary>Work that costs the server more than the sender (Django CVE-2013-1443).</summary>
[Scenario("A-17", "V15.1.3", "V15.2.2", "V2.1.1")]
public sealed class FloodTests(NetworkApp network) : IClassFixture<NetworkApp>
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public async Task A_form_of_megabytes_is_refused_unread(int megabytes)
    {
        using var browser = network.App.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        var form = browser.FormOf("Login");
        form["Input.Password"] = new('é', megabytes * 512 * 1024);
        using var hashes = new CountedHashes(network.App);

        try
        {
            await browser.SubmitAsync(form);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, browser.Status);
        }
        catch (HttpRequestException refusedWhileSending)
        {
            Assert.IsType<IOException>(refusedWhileSending.InnerException);   // the server hung up on the rest
        }

        Assert.Equal(0, hashes.Count);
    }

    /// <summary>Within the size of a form: refused before it is normalised, in the time and words of any wrong password.</summary>
    [Theory]
    [InlineData("a")]
    [InlineData("\u0065\u0301")]
    [InlineData("\uFDFA")]   // becomes 18 characters in compatibility forms
    public async Task A_password_far_longer_than_any_is_just_wrong(string piece)
    {
        var amina = await network.App.AddPersonAsync();
        var copies = 50_000 / Uri.EscapeDataString(piece).Length;

        using var browser = await network.App.SignInAsync(amina, new StringBuilder().Insert(0, piece, copies).ToString());

        Assert.Equal((HttpStatusCode.BadRequest, "Invalid credentials"), (browser.Status, browser.Alert));
    }

    [Fact]
    public async Task Names_far_longer_than_any_are_refused_before_anything_is_counted()
    {
        using var browser = network.App.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        using var hashes = new CountedHashes(network.App);

        await browser.SignInAsync(new('C', 20_000), new('a', 20_000), "Wrong#Password11");

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Equal(0, hashes.Count);
    }

    [Fact]
    public async Task More_fields_than_any_form_has_are_refused()
    {
        using var browser = network.App.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        var form = browser.FormOf("Login");
        foreach (var number in Enumerable.Range(1, 200))
        {
            form.Add($"Field{number}", "x");
        }

        await browser.SubmitAsync(form);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
    }

    /// <summary>A crowd at the door must not keep those outside who only ask whether the house stands.</summary>
    [Fact]
    public async Task Five_hundred_sign_ins_at_once_are_each_answered_and_health_pages_do_not_wait_for_them()
    {
        var app = network.App;
        using var opened = app.OpenBrowser();
        await opened.OpenAsync("/sign-in");
        var crowd = Enumerable.Range(0, 500).Select(async number =>
        {
            using var tab = opened.Copy(app);
            var form = opened.FormOf("Login");
            form["Input.OrganizationCode"] = "NOWHERE";
            form["Input.Username"] = $"nobody{number}";
            form["Input.Password"] = "Wrong#Password11";
            await tab.SubmitAsync(form);
            return tab.Status;
        }).ToList();

        using var monitor = app.OpenBrowser();
        await monitor.OpenAsync("/health/live");
        Assert.Equal("Healthy", monitor.Html);
        Assert.Contains(crowd, answer => !answer.IsCompleted);   // it was answered in the middle of it

        Assert.All(await Task.WhenAll(crowd), status => Assert.True(status is HttpStatusCode.BadRequest or HttpStatusCode.ServiceUnavailable, $"{status}"));
    }
}
