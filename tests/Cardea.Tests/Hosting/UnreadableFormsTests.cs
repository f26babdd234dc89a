using System.Net;

namespace Cardea.Tests.Hosting;

public sealed class UnreadableFormsTests(CardeaApps apps)
{
    [Theory]
    [EachDatabase("a\0b", 1, HttpStatusCode.BadRequest)]
    [EachDatabase("one of many", 65, HttpStatusCode.BadRequest)]
    public async Task A_form_that_cannot_be_read_gets_a_clear_page_and_no_trace_in_the_log(Database database, string value, int fields, HttpStatusCode status)
    {
        var app = await apps.OnAsync(database);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        var form = browser.FormOf("Login");
        for (var field = 0; field < fields; field++)
        {
            form.Add($"field{field}", value);
        }

        await browser.SubmitAsync(form);

        Assert.Equal(status, browser.Status);
        Assert.NotNull(browser.Heading);
        Assert.DoesNotContain("Exception", browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Logs.Lines, line => line.Problem is InvalidDataException);
    }
}
