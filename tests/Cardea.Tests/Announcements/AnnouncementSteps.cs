using Cardea.Features.Announcements;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.Announcements;

public static class AnnouncementSteps
{
    public const string List = "/admin/announcements", New = "/admin/announcements/new", Read = "/announcements";

    extension(CardeaApp app)
    {
        public async Task<PersonBrowser> SignInAsAsync(Roles roles, TestOrganization? organization = null) =>
            await app.SignInAsync(await app.AddPersonAsync(roles: roles, organization: organization));

        /// <summary>By id, whatever it became.</summary>
        public Task<Announcement> ReadAnnouncementAsync(Guid id) => app.ReadAsync(db => db.Announcements.AsNoTracking().Include(a => a.Texts).SingleAsync(a => a.Id == id));

        /// <summary>The one with this English title.</summary>
        public Task<Announcement> ReadAnnouncementAsync(string title) =>
            app.ReadAsync(db => db.Announcements.AsNoTracking().Include(a => a.Texts).SingleAsync(a => a.Texts.Any(text => text.Language == "en" && text.Title == title)));
    }

    extension(PersonBrowser browser)
    {
        public IReadOnlyList<string> Titles => [.. browser.Document.QuerySelectorAll("main article h2 span[dir]").Select(title => title.TextContent)];

        public async Task<IReadOnlyList<string>> ReadTitlesAsync()
        {
            await browser.OpenAsync(Read);
            return browser.Titles;
        }

        /// <summary>What the sign-in page warns of.</summary>
        public async Task<IReadOnlyList<string>> OpenSignInAsync(string path = "/sign-in", string language = "en")
        {
            browser.AcceptLanguage = language;
            await browser.OpenAsync(path);
            return [.. browser.Document.QuerySelectorAll(".usa-alert--warning").Select(notice => notice.TextContent.Trim())];
        }
    }
}
