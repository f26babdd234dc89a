using System.Diagnostics;
using System.Globalization;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Messages.Texts;
using Cardea.Features.SecondFactors.Security;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Cardea.Features.MyAccount;

/// <summary>Name, phone, language and time zone (S2-10). Whoever helps goes by name and phone, so an unlocked screen is not enough (V7.5.1).</summary>
[SignedInRecently]
[KeepsDraft(nameof(Form.VersionShown), nameof(Form.GivenName), nameof(Form.FamilyName), nameof(Form.PhoneNumber), nameof(Form.Language), nameof(Form.TimeZone))]
public sealed class DetailsModel(
    AppDbContext db,
    ChangeDetails changeDetails,
    IOptions<TextSettings> texts,
    IStringLocalizer<Words> words,
    IStringLocalizer<Shared.Words> sharedWords) : PageModel, IShownAgain
{
    public const string Path = "/account/details";

    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public static IEnumerable<SelectListItem> LanguageOptions => Languages.Offered.Select(language => new SelectListItem(language.Name, language.Code));

    public IEnumerable<SelectListItem> TimeZoneOptions =>
    [
        new(words["OrganizationsTimeZone", OfferedTimeZones.NameOf(Person.OrganizationTimeZone, sharedWords)], ""),
        .. OfferedTimeZones.Options(sharedWords),
        .. Person.OwnTimeZone is { } own && !OfferedTimeZones.Has(own) ? [new(own, own)] : (SelectListItem[])[],
    ];

    private SignedInPerson Person => HttpContext.RequiredPerson;

    private string Country => texts.Value.AllowedCountries[0];

    /// <summary>All that the form shows was sent with it; only the language is another, if it was chosen by its button at the top just now.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (HttpContext.ChosenLanguage is { } chosen)
        {
            ModelState.Remove("Input.Language");
            Input.Language = chosen;
        }

        return Task.CompletedTask;
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await db.FindDetailsAsync(Person.AccountId, cancellationToken) is not { } onFile)
        {
            return Challenge();
        }

        Input = Form.Of(onFile, Country);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var outcome = await changeDetails.RunAsync(Person, Input.ToDetails(), Input.VersionShown ?? "", cancellationToken);
        return outcome switch
        {
            ChangeDetailsOutcome.Changed => Redirect($"{IndexModel.Path}?saved=true"),
            ChangeDetailsOutcome.Refused refused => Refuse(refused.Reasons),
            ChangeDetailsOutcome.OthersAreOnFile others => ShowWhatIsOnFile(others.OnFile),
            ChangeDetailsOutcome.AccountIsGone => Challenge(),
            _ => throw new UnreachableException(outcome.ToString()),
        };
    }

    private IActionResult Refuse(PersonalDetailsRefusals reasons)
    {
        Complain(nameof(Form.GivenName), reasons.GivenName);
        Complain(nameof(Form.FamilyName), reasons.FamilyName);
        ComplainIf(reasons.PhoneIsNoNumber, nameof(Form.PhoneNumber), "PhoneIsNoNumber");
        ComplainIf(reasons.LanguageIsUnknown, nameof(Form.Language), "ChooseFromTheList");
        ComplainIf(reasons.TimeZoneIsUnknown, nameof(Form.TimeZone), "ChooseFromTheList");
        return this.PageWithStatus(StatusCodes.Status400BadRequest);
    }

    /// <summary>What was typed stays; saved once more, it goes over what is on file now.</summary>
    private IActionResult ShowWhatIsOnFile(PersonalDetails onFile)
    {
        ModelState.Remove("Input.VersionShown");
        Input.VersionShown = onFile.Version;
        var phone = onFile.PhoneNumber is { } kept ? WorkPhone.Grouped(kept, Country) : words["None"].Value;
        ModelState.AddModelError("", words["OthersAreOnFile", $"{onFile.GivenName} {onFile.FamilyName}", phone]);
        return this.PageWithStatus(StatusCodes.Status409Conflict);
    }

    private void Complain(string field, PlainLineRefusal? refusal)
    {
        if (refusal is { } reason)
        {
            ModelState.AddModelError($"Input.{field}", PlainLineWords.Of(reason, words[field], Account.NameMaxLength, sharedWords));
        }
    }

    private void ComplainIf(bool isWrong, string field, string word)
    {
        if (isWrong)
        {
            ModelState.AddModelError($"Input.{field}", words[word]);
        }
    }

    public sealed class Form
    {
        public string? VersionShown { get; set; }

        public string? GivenName { get; set; }

        public string? FamilyName { get; set; }

        public string? PhoneNumber { get; set; }

        public string? Language { get; set; }

        public string? TimeZone { get; set; }

        public static Form Of(PersonalDetails onFile, string country) => new()
        {
            VersionShown = onFile.Version,
            GivenName = onFile.GivenName,
            FamilyName = onFile.FamilyName,
            PhoneNumber = onFile.PhoneNumber is { } kept ? WorkPhone.Grouped(kept, country) : null,
            Language = onFile.Language ?? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
            TimeZone = onFile.TimeZone,
        };

        public PersonalDetails ToDetails() =>
            new(GivenName ?? "", FamilyName ?? "", PhoneNumber, string.IsNullOrEmpty(Language) ? null : Language, string.IsNullOrEmpty(TimeZone) ? null : TimeZone);
    }
}
