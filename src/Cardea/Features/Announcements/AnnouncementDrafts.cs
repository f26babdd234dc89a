using System.Security.Cryptography;
using System.Text.Json;
using Cardea.Hosting;
using Cardea.Rules;
using Cardea.Rules.Announcements;

namespace Cardea.Features.Announcements;

/// <summary>Between what was typed and what is kept. Wordings stand in the order of <see cref="Languages.All"/>.</summary>
public static class AnnouncementDrafts
{
    private const int VersionBytes = 12;

    private static readonly Wording NoWording = new("", "");

    extension(AnnouncementDraft draft)
    {
        /// <summary>Of these very values: a form that brings it back shows whether they are still those that it was filled in over.</summary>
        public string Version => Convert.ToBase64String(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(draft))[..VersionBytes]);

        /// <summary>As it is kept, once it has passed <see cref="AnnouncementRules.Check"/>.</summary>
        public AnnouncementDraft Normalized() => draft with
        {
            Wordings = [.. draft.Wordings.Select(wording => wording.IsBlank ? NoWording : new(PlainLine.Normalize(wording.Title), PlainText.Normalize(wording.Body)))],
        };

        /// <summary>The names of what differs.</summary>
        public IReadOnlyList<string> DifferencesFrom(AnnouncementDraft other) =>
        [
            .. ((IEnumerable<(string Name, bool Differs)>)
            [
                (nameof(draft.Kind), draft.Kind != other.Kind),
                (nameof(draft.Audience), draft.Audience != other.Audience),
                (nameof(draft.From), draft.From != other.From),
                (nameof(draft.Until), draft.Until != other.Until),
                .. Languages.All.Select((language, index) => ($"Text.{language}", draft.Wordings[index] != other.Wordings[index])),
            ])
            .Where(field => field.Differs).Select(field => field.Name),
        ];
    }

    extension(Announcement announcement)
    {
        public AnnouncementDraft ToDraft() => new(
            announcement.Kind,
            announcement.Audience,
            announcement.OrganizationId,
            announcement.From,
            announcement.Until,
            [.. Languages.All.Select(language => announcement.Texts.SingleOrDefault(text => text.Language == language) is { } text ? new Wording(text.Title, text.Body) : NoWording)]);

        /// <summary>Takes over all but the organization, which stays.</summary>
        public void Take(AnnouncementDraft draft)
        {
            (announcement.Kind, announcement.Audience, announcement.From, announcement.Until) = (draft.Kind, draft.Audience, draft.From, draft.Until);
            foreach (var (language, wording) in Languages.All.Zip(draft.Wordings))
            {
                var text = announcement.Texts.SingleOrDefault(one => one.Language == language);
                if (wording.IsBlank)
                {
                    _ = text is not null && announcement.Texts.Remove(text);
                }
                else if (text is null)
                {
                    announcement.Texts.Add(new() { AnnouncementId = announcement.Id, Language = language, Title = wording.Title, Body = wording.Body });
                }
                else
                {
                    (text.Title, text.Body) = (wording.Title, wording.Body);
                }
            }
        }
    }
}
