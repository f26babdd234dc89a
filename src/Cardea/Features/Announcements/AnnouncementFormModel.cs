using System.Globalization;
using Cardea.Data;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules;
using Cardea.Rules.Announcements;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Announcements;

/// <summary>The form in which an announcement is written or changed, and how that will look.</summary>
public abstract class AnnouncementFormModel(
    AnnouncementWriters writers, TimeProvider clock, IStringLocalizer<Words> words, IStringLocalizer<Shared.Words> sharedWords)
    : AnnouncementAdminModel(writers), IShownAgain
{
    private const int FirstYear = 2000, LastYear = 2999;   // what lies further off is a slip, and beyond what a calendar can add to

    /// <summary>As browsers send it, with seconds or without; as people type it where there is no calendar to choose from.</summary>
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"];

    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    /// <summary>What was asked for, as it will be; null before.</summary>
    public AnnouncementDraft? Preview { get; private set; }

    /// <summary>Whether it can still be chosen to whom.</summary>
    public abstract bool IsNew { get; }

    public IEnumerable<SelectListItem> KindOptions => OptionsOf<AnnouncementKind>("Kind");

    public IEnumerable<SelectListItem> AudienceOptions => OptionsOf<AnnouncementAudience>("Audience");

    /// <summary>In which times are typed here.</summary>
    public string TimeZoneName => OfferedTimeZones.NameOf(Person.TimeZone, sharedWords);

    protected IStringLocalizer<Words> Words => words;

    protected bool IsToBePublished => Input.Answer is Form.Publish;

    /// <summary>All that the form shows was sent with it.</summary>
    public virtual Task PrepareAsync(CancellationToken cancellationToken)
    {
        Input.Texts = [.. Languages.All.Select((_, index) => Input.Texts.ElementAtOrDefault(index) ?? new())];
        return Task.CompletedTask;
    }

    /// <summary>Null, with a sentence at each field of which nothing can be made.</summary>
    protected AnnouncementDraft? Read(Guid? organizationId)
    {
        var (from, until) = (ReadTime(nameof(Form.From), Input.From), ReadTime(nameof(Form.Until), Input.Until));
        var kind = Writer.MayAnnounceMaintenance ? ReadChoice<AnnouncementKind>(nameof(Form.Kind), Input.Kind) : AnnouncementKind.News;
        var audience = ReadChoice<AnnouncementAudience>(nameof(Form.Audience), Input.Audience);
        return !ModelState.IsValid ? null : new(
            kind,
            audience,
            organizationId,
            from ?? AtTheMinute(clock.Now),
            until,
            [.. Input.Texts.Select(text => new Wording(text.Title ?? "", text.Body ?? ""))]);
    }

    /// <summary>The page once more: with what is wrong, or with the preview.</summary>
    protected IActionResult Show(AnnouncementDraft draft)
    {
        var refusals = AnnouncementRules.Check(draft);
        if (refusals.Any)
        {
            return Refuse(refusals);
        }

        Preview = draft.Normalized();
        return Page();
    }

    protected IActionResult Refuse(AnnouncementRefusals reasons)
    {
        ComplainIf(reasons.MaintenanceIsForEverybody, nameof(Form.Kind), "MaintenanceIsForEverybody");
        ComplainIf(reasons.MaintenanceHasNoEnd, nameof(Form.Until), "MaintenanceHasNoEnd");
        ComplainIf(reasons.EndsBeforeItBegins, nameof(Form.Until), "EndsBeforeItBegins");
        foreach (var (index, wording) in reasons.Wordings.Index())
        {
            Complain($"Texts[{index}].{nameof(Form.Text.Title)}", wording.Title, words["TitleIn", Languages.Offered[index].Name], AnnouncementRules.TitleMaxLength);
            Complain($"Texts[{index}].{nameof(Form.Text.Body)}", wording.Body, words["BodyIn", Languages.Offered[index].Name], AnnouncementRules.BodyMaxLength);
        }

        return this.PageWithStatus(StatusCodes.Status400BadRequest);
    }

    protected string Typed(DateTimeOffset time) => LocalTime.Of(time, Person.TimeZone).ToString(TimeFormats[0], CultureInfo.InvariantCulture);

    protected void ComplainIf(bool isWrong, string field, string word)
    {
        if (isWrong)
        {
            ModelState.AddModelError($"Input.{field}", words[word]);
        }
    }

    private static DateTimeOffset AtTheMinute(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute));

    private void Complain(string field, PlainLineRefusal? refusal, string label, int longest)
    {
        if (refusal is { } reason)
        {
            ModelState.AddModelError($"Input.{field}", PlainLineWords.Of(reason, label, longest, sharedWords));
        }
    }

    /// <summary>The first where nothing was sent.</summary>
    private T ReadChoice<T>(string field, string? typed)
        where T : struct, Enum
    {
        var isKnown = typed is null || Enum.GetNames<T>().Contains(typed, StringComparer.Ordinal);   // by name: a number would do for the parser
        ComplainIf(!isKnown, field, "ChooseFromTheList");
        return isKnown && typed is not null ? Enum.Parse<T>(typed) : default;
    }

    private DateTimeOffset? ReadTime(string field, string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return null;
        }

        if (!DateTime.TryParseExact(typed.Trim(), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            || local.Year is < FirstYear or > LastYear)
        {
            ComplainIf(true, field, "NotATime");
            return null;
        }

        return new DateTimeOffset(local, LocalTime.ZoneOf(Person.TimeZone).GetUtcOffset(local)).ToUniversalTime();
    }

    private IEnumerable<SelectListItem> OptionsOf<T>(string word)
        where T : struct, Enum =>
        Enum.GetNames<T>().Select(name => new SelectListItem(words[$"{word}{name}"], name));

    public sealed class Form
    {
        public const string Show = "preview", Publish = "publish";

        /// <summary>The id that a new announcement will have.</summary>
        public string? FormId { get; set; }

        public string? VersionShown { get; set; }

        public string? Kind { get; set; }

        public string? OrganizationCode { get; set; }

        public string? Audience { get; set; }

        /// <summary>Local time, such as 2026-03-08T09:30.</summary>
        public string? From { get; set; }

        public string? Until { get; set; }

        /// <summary>In the order of the languages.</summary>
        public IList<Text> Texts { get; set; } = [];

        public string? Answer { get; set; }

        public sealed class Text
        {
            public string? Title { get; set; }

            public string? Body { get; set; }
        }
    }
}
