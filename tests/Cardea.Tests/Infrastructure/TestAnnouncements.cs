using Cardea.Data;
using Cardea.Features.Announcements;
using Cardea.Rules.Announcements;

namespace Cardea.Tests.Infrastructure;

public static class TestAnnouncements
{
    extension(CardeaApp app)
    {
        /// <summary>Current news for everybody, in English, unless something else is said.</summary>
        public async Task<Guid> AddAnnouncementAsync(
            string title,
            TestOrganization? organization = null,
            AnnouncementAudience audience = AnnouncementAudience.Everybody,
            AnnouncementKind kind = AnnouncementKind.News,
            TimeSpan from = default,
            TimeSpan? until = null,
            TestPerson? writer = null,
            params (string Language, string Title, string Body)[] texts)
        {
            var (id, now) = (app.Clock.NewId(), app.Clock.Now);
            await app.WriteAsync(db =>
            {
                db.Add(new Announcement
                {
                    Id = id,
                    Kind = kind,
                    Audience = audience,
                    OrganizationId = organization?.Id,
                    From = now + from,
                    Until = now + until,
                    WrittenBy = writer?.Id ?? Guid.Empty,
                    WrittenAt = now,
                    Texts = [.. texts.Prepend(("en", title, $"Body of {title}.")).Select(text => new AnnouncementText { AnnouncementId = id, Language = text.Item1, Title = text.Item2, Body = text.Item3 })],
                });
                return db.SaveChangesAsync();
            });
            await app.WatchForMaintenanceAsync();
            return id;
        }

        /// <summary>What a running server does every few seconds.</summary>
        public Task WatchForMaintenanceAsync() => app.RunAsync<WatchForMaintenance, bool>(async watch =>
        {
            await watch.RunAsync(CancellationToken.None);
            return true;
        });
    }
}
