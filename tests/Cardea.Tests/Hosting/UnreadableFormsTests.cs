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

    /// <summary>Not as "%00", which the reader of forms refuses: as it is.</summary>
    [Theory, EachDatabase]
    public async Task A_NUL_in_a_name_never_gets_to_the_database(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        var form = new MultipartFormDataContent();
        foreach (var (field, value) in browser.FormOf("Login").Fields)
        {
            form.Add(new StringContent(field == "Input.Username" ? "ami\0na" : value.Length > 0 ? value : "x"), field);
        }

        await browser.SendAsync(new(HttpMethod.Post, "/sign-in") { Content = form });

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.DoesNotContain(app.Logs.Lines, line => line.Text.Contains("database does not answer", StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task A_form_that_ends_in_the_middle_is_the_senders_mistake(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = app.OpenBrowser();
        var half = new StringContent("hello");
        half.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        await browser.SendAsync(new(HttpMethod.Post, "/sign-in") { Content = half });

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.DoesNotContain(app.Logs.Lines, line => line.Problem is IOException);
    }
}
