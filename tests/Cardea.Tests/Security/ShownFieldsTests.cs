using System.Text.Json;
using Cardea.Features.Accounts;

namespace Cardea.Tests.Security;

/// <summary>Of what is on file about people, a page gets the fields that it shows and no more.</summary>
[Scenario("V15.3.1")]
public sealed class ShownFieldsTests(CardeaApps apps)
{
    private static readonly string[] Shown = [nameof(Account.GivenName), nameof(Account.FamilyName), nameof(Account.Email), nameof(Account.NormalizedEmail), nameof(Account.Language)];

    [Theory, EachDatabase]
    public async Task No_page_has_anything_else_of_a_person_or_anything_of_a_colleague(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(change: FillEveryField);
        var ben = await app.AddPersonAsync(organization: amina.Organization, change: account =>
        {
            FillEveryField(account);
            (account.GivenName, account.FamilyName) = ("Benjamin-Colleague", "Okafor-Colleague");
        });
        var secrets = await app.ReadAsync(async db =>
        {
            var people = await db.Accounts.Where(account => account.Id == amina.Id || account.Id == ben.Id).ToListAsync();
            return people.SelectMany(account => db.Entry(account).Properties
                .Where(property => account.Id == ben.Id ? property.Metadata.Name is not nameof(Account.Language) : !Shown.Contains(property.Metadata.Name))
                .Where(property => property.CurrentValue is string or Guid)
                .Select(property => property.CurrentValue!.ToString()!)).Append(ben.Username).ToList();
        });
        Assert.Contains($"stamp of {amina.Email}", secrets);
        using var browser = await app.SignInAsync(amina);
        Assert.Equal("/", browser.Url);

        foreach (var page in app.Pages)
        {
            await browser.OpenAsync(page);
            Assert.DoesNotContain(secrets, secret => browser.Html.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task The_answer_to_a_script_has_one_number()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());
        var form = browser.FormOf("Sign out");
        form.Target = new("/session/stay", UriKind.Relative);

        await browser.SubmitAsync(form);

        Assert.Equal("application/json", browser.Response.Content.Headers.ContentType!.MediaType);
        using var answer = JsonDocument.Parse(browser.Html);
        Assert.Equal([("secondsLeft", JsonValueKind.Number)], answer.RootElement.EnumerateObject().Select(member => (member.Name, member.Value.ValueKind)));
    }

    private static void FillEveryField(Account account)
    {
        account.SecurityStamp = $"stamp of {account.Email}";
        account.PhoneNumber = $"phone of {account.Email}";
    }
}
