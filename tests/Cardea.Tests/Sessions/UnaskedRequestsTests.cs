using System.Net;

namespace Cardea.Tests.Sessions;

/// <summary>Only acts of the person move the idle limit.</summary>
[Scenario("V7.3.1")]
public sealed class UnaskedRequestsTests
{
    [Theory]
    [EachDatabase("/help", true)]
    [EachDatabase("/nothing-here", false)]
    public async Task The_page_that_says_there_is_nothing_does_not_extend_a_session(Database database, string path, bool extends)
    {
        await using var app = await CardeaApp.StartAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());

        app.Clock.Advance(TimeSpan.FromMinutes(20));
        await browser.OpenAsync(path);
        Assert.Equal(extends ? HttpStatusCode.OK : HttpStatusCode.NotFound, browser.Status);
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        await browser.OpenAsync("/");

        Assert.Equal(extends ? "/" : "/sign-in?ended=true", browser.Url);
    }
}
