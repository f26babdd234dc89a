using System.Globalization;
using Cardea.Features.Announcements;
using Cardea.Rules.Announcements;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.Security;

/// <summary>
/// Who gets which page of the console: every route × every role, in the own organization and in another one, as a table that somebody has read
/// (V8.1.1, V8.2.1). A page that is added stands in it, or this test stops it.
/// </summary>
[Scenario("V8.1.1", "V8.2.1", "V8.2.2", "V8.3.1", "V8.4.1", "A-15")]
public sealed class AccessMatrixTests
{
    private static readonly Roles[] EveryRole = [.. Enum.GetValues<Roles>().Where(role => role is not Roles.None)];

    [Fact]
    public async Task Every_page_of_the_console_answers_every_role_as_approved()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite);
        await app.AddPersonAsync(roles: Roles.RegistryOperator);   // not the last one
        var (own, other, further) = (await app.AddOrganizationAsync(), await app.AddOrganizationAsync(), await app.AddOrganizationAsync());
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var role in EveryRole)
        {
            using var browser = await app.SignInAsync(await app.AddPersonAsync(roles: role, organization: own));
            browser.FollowsRedirects = false;
            foreach (var page in Pages(app))
            {
                foreach (var (where, organization) in page.Contains("{id", StringComparison.Ordinal) ? [("own", own), ("other", other)] : new[] { ("", own) })
                {
                    var thing = await ThingAsync(app, page, organization, further);
                    await browser.OpenAsync(page
                        .Replace("{id:guid}", thing.ToString(), StringComparison.Ordinal)
                        .Replace("{organizationId:guid}", further.Id.ToString(), StringComparison.Ordinal));
                    var cell = ((int)browser.Status).ToString(CultureInfo.InvariantCulture);
                    var row = $"{page,-48} {where,-6}";
                    rows[row] = $"{rows.GetValueOrDefault(row, "")}{cell,6}";
                }
            }
        }

        Approved.Matches("AccessMatrix.approved.txt",
        [
            $"{"",-55}{string.Concat(EveryRole.Select(role => $"{Short(role),6}"))}",
            .. rows.Select(row => row.Key + row.Value),
        ]);
    }

    private static IEnumerable<string> Pages(CardeaApp app) => app.Services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>().Endpoints
        .OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>()
        .Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/'))
        .Where(page => page.StartsWith("/admin/", StringComparison.Ordinal))
        .Distinct();

    /// <summary>
    /// What such a page is about, in that organization: somebody without power, who may work for a further one, an announcement of its own, or the
    /// organization itself.
    /// </summary>
    private static async Task<Guid> ThingAsync(CardeaApp app, string page, TestOrganization organization, TestOrganization further)
    {
        if (page.StartsWith("/admin/people/{id", StringComparison.Ordinal))
        {
            var person = await app.AddPersonAsync(
                organization: organization,
                change: account => account.DeletedAt = account.DisabledAt = page.EndsWith("/restore", StringComparison.Ordinal) ? app.Clock.GetUtcNow() : null);
            if (page.Contains("{organizationId", StringComparison.Ordinal))
            {
                await app.GiveAccessAsync(person, further);
            }

            return person.Id;
        }

        return page.StartsWith("/admin/announcements/{id", StringComparison.Ordinal) ? await AnnounceAsync(app, organization) : organization.Id;
    }

    private static async Task<Guid> AnnounceAsync(CardeaApp app, TestOrganization organization)
    {
        var announcement = new Announcement
        {
            Id = Guid.CreateVersion7(app.Clock.GetUtcNow()),
            Kind = AnnouncementKind.News,
            Audience = AnnouncementAudience.Everybody,
            OrganizationId = organization.Id,
            From = app.Clock.GetUtcNow(),
            Until = null,
            WrittenBy = organization.Id,
            WrittenAt = app.Clock.GetUtcNow(),
        };
        announcement.Texts.Add(new AnnouncementText { AnnouncementId = announcement.Id, Language = "en", Title = "Flu clinic", Body = "On Tuesday." });
        await app.WriteAsync(async db =>
        {
            db.Add(announcement);
            await db.SaveChangesAsync();
        });
        return announcement.Id;
    }

    private static string Short(Roles role) => role switch
    {
        Roles.ViewOnly => "View",
        Roles.SchoolOrChildCare => "Scho",
        Roles.Standard => "Stan",
        Roles.ReportsOnly => "Repo",
        Roles.Administrator => "Admi",
        Roles.HelpDesk => "Help",
        Roles.RegistryOperator => "Oper",
        _ => throw new InvalidOperationException($"{role} is no single role."),
    };
}
