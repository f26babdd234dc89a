using System.Globalization;
using Cardea.Features.Accounts;
using Cardea.Features.Messages.Texts;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules.Permissions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Organizations;

/// <summary>The form of an organization's details, which is the same for a new one and for one that is on file.</summary>
public abstract class OrganizationFormModel(
    IOptions<TextSettings> texts, IStringLocalizer<Words> words, IStringLocalizer<Shared.Words> sharedWords) : PageModel, IShownAgain
{
    private const string DayFormat = "yyyy-MM-dd";

    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public IEnumerable<SelectListItem> Types =>
        [new(words["Choose"], ""), .. Enum.GetValues<OrganizationType>().Select(type => new SelectListItem(words[$"Type{type}"], type.ToString()))];

    public IEnumerable<SelectListItem> TimeZones =>
    [
        new(words["Choose"], ""),
        .. OfferedTimeZones.Options(sharedWords),
        .. Input.TimeZone is { } other && LocalTime.IsZone(other) && !OfferedTimeZones.Has(other) ? [new(other, other)] : (SelectListItem[])[],
    ];

    public IEnumerable<SelectListItem> LanguageOptions =>
        [new(words["LanguageOfBrowser"], ""), .. Languages.Offered.Select(language => new SelectListItem(language.Name, language.Code))];

    protected string Country => texts.Value.AllowedCountries[0];

    /// <summary>All that the form shows was sent with it.</summary>
    public virtual Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Null, with a sentence at each field that is wrong, when a day is none.</summary>
    protected OrganizationDetails? Read()
    {
        var wanted = new OrganizationDetails(Input.Code ?? "", Input.Name ?? "", TypeOf(Input.Type), Input.TimeZone ?? "")
        {
            Language = string.IsNullOrEmpty(Input.Language) ? null : Input.Language,
            HelpPhone = Input.HelpPhone,
            HelpEmail = Input.HelpEmail,
            ParentCode = Input.ParentCode?.Trim(),
            AgreementFrom = ReadDay(nameof(Form.AgreementFrom), Input.AgreementFrom),
            AgreementUntil = ReadDay(nameof(Form.AgreementUntil), Input.AgreementUntil),
        };
        if (ModelState.IsValid)
        {
            return wanted;
        }

        Complain(wanted.Check(Country));
        return null;
    }

    protected IActionResult Refuse(OrganizationDetailsRefusals reasons)
    {
        Complain(reasons);
        return this.PageWithStatus(StatusCodes.Status400BadRequest);
    }

    private void Complain(OrganizationDetailsRefusals reasons)
    {
        ComplainIf(reasons.Code is not null, nameof(Form.Code), words["CodeIsWrong", words["CodeHint"]]);
        if (reasons.Name is { } name)
        {
            Complain(nameof(Form.Name), PlainLineWords.Of(name, words["Name"], Organization.NameMaxLength, sharedWords));
        }

        ComplainIf(reasons.TypeIsMissing, nameof(Form.Type), words["ChooseFromTheList", words["Type"]]);
        ComplainIf(reasons.TimeZoneIsUnknown, nameof(Form.TimeZone), words["ChooseFromTheList", words["TimeZone"]]);
        ComplainIf(reasons.LanguageIsUnknown, nameof(Form.Language), words["ChooseFromTheList", words["Language"]]);
        ComplainIf(reasons.HelpPhoneIsNoNumber, nameof(Form.HelpPhone), words["PhoneIsNoNumber"]);
        ComplainIf(reasons.HelpEmail is not null, nameof(Form.HelpEmail), words["NotAnEmailAddress"]);
        ComplainIf(reasons.AgreementEndsBeforeItBegins, nameof(Form.AgreementUntil), words["AgreementEndsBeforeItBegins"]);
    }

    private void Complain(string field, string sentence) => ModelState.AddModelError($"{nameof(Input)}.{field}", sentence);

    private void ComplainIf(bool isWrong, string field, string sentence)
    {
        if (isWrong)
        {
            Complain(field, sentence);
        }
    }

    /// <summary>By its name alone: a number would be taken for a type, too.</summary>
    private static OrganizationType? TypeOf(string? name) =>
        Enum.GetValues<OrganizationType>().Where(type => type.ToString() == name).Select(type => (OrganizationType?)type).FirstOrDefault();

    private DateOnly? ReadDay(string field, string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return null;
        }

        if (DateOnly.TryParseExact(typed.Trim(), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        Complain(field, words["NotADay", words[field]]);
        return null;
    }

    public sealed class Form
    {
        public string? VersionShown { get; set; }

        public string? Code { get; set; }

        public string? Name { get; set; }

        public string? Type { get; set; }

        public string? TimeZone { get; set; }

        public string? Language { get; set; }

        public string? HelpPhone { get; set; }

        public string? HelpEmail { get; set; }

        public string? ParentCode { get; set; }

        public string? AgreementFrom { get; set; }

        public string? AgreementUntil { get; set; }

        public static Form Of(OrganizationDetails onFile, string country) => new()
        {
            VersionShown = onFile.Version,
            Code = onFile.Code,
            Name = onFile.Name,
            Type = onFile.Type?.ToString(),
            TimeZone = onFile.TimeZone,
            Language = onFile.Language,
            HelpPhone = onFile.HelpPhone is { } kept ? WorkPhone.Grouped(kept, country) : null,
            HelpEmail = onFile.HelpEmail,
            ParentCode = onFile.ParentCode,
            AgreementFrom = onFile.AgreementFrom?.ToString(DayFormat, CultureInfo.InvariantCulture),
            AgreementUntil = onFile.AgreementUntil?.ToString(DayFormat, CultureInfo.InvariantCulture),
        };
    }
}
