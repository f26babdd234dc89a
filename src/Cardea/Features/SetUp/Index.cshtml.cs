using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Globalization;
using Cardea.Features.Accounts;
using Cardea.Features.Organizations;
using Cardea.Features.Passwords;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Policies;
using Cardea.Rules;
using Cardea.Rules.Accounts;
using Cardea.Rules.EmailAddresses;
using Cardea.Rules.Permissions;
using Cardea.Rules.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SetUp;

/// <summary>The first page of a registry's life, for whoever holds the link that its server printed. It is there once.</summary>
[AllowAnonymous]
[TypeFilter<SetUpGuard>]
public sealed class IndexModel(
    SetUpRegistry setUp,
    PolicyBook policies,
    RegistryProfile registry,
    IStringLocalizer<Words> words,
    IStringLocalizer<Passwords.Words> passwordWords,
    IStringLocalizer<Shared.Words> sharedWords)
    : PageModel
{
    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public bool AsksUsername => policies.Everywhere.Identifier is not IdentifierKind.EmailAddress;

    public string? EmailHint => AsksUsername ? null : words["EmailHint"].Value;

    public PasswordRequirements Requirements =>
        PasswordWords.Requirements(policies.Everywhere.Passwords, "Input_NewPassword", passwordWords) with { Further = [passwordWords["NotOwnWord"]] };

    public IEnumerable<SelectListItem> TimeZones =>
        [new(words["ChooseTimeZone"], ""), .. OfferedTimeZones.Options(sharedWords)];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var profile = await registry.GetAsync(cancellationToken);
        Input.PublicAddress = profile.PublicAddress ?? $"{Request.Scheme}://{Request.Host}";
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var token = HttpContext.ReadCookie(Cookies.SetUp) ?? throw new UnreachableException("The guard lets nobody in without it.");
        if (Input.NewPassword != Input.ConfirmNewPassword)
        {
            return this.PageWithError("Input.ConfirmNewPassword", words["DoNotMatch"]);
        }

        var outcome = await setUp.RunAsync(token, Input.ToRequest(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName), cancellationToken);
        return outcome switch
        {
            SetUpRegistryOutcome.SetUp => Finish(),
            SetUpRegistryOutcome.NoLongerOpen => NotFound(),
            SetUpRegistryOutcome.CodeIsTaken => this.PageWithError("Input.OrganizationCode", words["CodeIsTaken"]),
            SetUpRegistryOutcome.NameIsTaken => this.PageWithError(AsksUsername ? "Input.Username" : "Input.Email", words["NameIsTaken"]),
            SetUpRegistryOutcome.TooBusy => this.PageWhenTooBusy(passwordWords["TooBusy"]),
            SetUpRegistryOutcome.Refused refused => Refuse(refused),
            _ => throw new UnreachableException(outcome.ToString()),
        };
    }

    private RedirectResult Finish()
    {
        HttpContext.DeleteCookie(Cookies.SetUp);
        return Redirect("/set-up/done");
    }

    private IActionResult Refuse(SetUpRegistryOutcome.Refused refused)
    {
        var (registry, organization, first, password) = refused;
        Complain("RegistryName", registry.DisplayName, Registry.NameMaxLength);
        ComplainIf(registry.PublicAddressIsWrong, "PublicAddress", "PublicAddressIsWrong");
        Complain("HelpDeskName", registry.HelpDeskName, Registry.NameMaxLength);
        Complain("HelpDeskEmail", registry.HelpDeskEmail);
        ComplainIf(registry.HelpDeskPhoneIsWrong, "HelpDeskPhone", "HelpDeskPhoneIsWrong");
        ComplainIf(registry.HelpDeskWebIsWrong, "HelpDeskWeb", "HelpDeskWebIsWrong");
        Complain("OrganizationCode", organization.Code);
        Complain("OrganizationName", organization.Name, Organization.NameMaxLength);
        ComplainIf(organization.TimeZoneIsUnknown, "TimeZone", "ChooseTimeZone");
        Complain("GivenName", first.GivenName, Account.NameMaxLength);
        Complain("FamilyName", first.FamilyName, Account.NameMaxLength);
        Complain("Email", first.Email);
        Complain("Username", first.Username);
        foreach (var reason in password)
        {
            Complain("NewPassword", PasswordWords.Of(reason, policies.Everywhere.Passwords, passwordWords));
        }

        return this.PageWithStatus(StatusCodes.Status400BadRequest);
    }

    private void Complain(string field, string sentence) => ModelState.AddModelError($"{nameof(Input)}.{field}", sentence);

    private void ComplainIf(bool isWrong, string field, string word)
    {
        if (isWrong)
        {
            Complain(field, words[word]);
        }
    }

    private void Complain(string field, PlainLineRefusal? refusal, int longest)
    {
        if (refusal is { } reason)
        {
            Complain(field, PlainLineWords.Of(reason, words[field], longest, sharedWords));
        }
    }

    private void Complain(string field, EmailAddressRefusal? refusal)
    {
        if (refusal is { } reason)
        {
            Complain(field, reason switch
            {
                EmailAddressRefusal.Missing => sharedWords["LineMissing", words[field]],
                EmailAddressRefusal.TooLong => sharedWords["LineTooLong", words[field], EmailAddressRules.Longest],
                EmailAddressRefusal.NotAnAddress or EmailAddressRefusal.ForbiddenCharacter => words["NotAnEmailAddress", words[field]],
            });
        }
    }

    /// <summary>The hint says what each of the reasons would.</summary>
    private void Complain(string field, SignInNameRefusal? refusal)
    {
        if (refusal is not null)
        {
            Complain(field, words["NotASignInName", words[field], words[$"{field}Hint"]]);
        }
    }

    public sealed class Form
    {
        public string? RegistryName { get; set; }

        public string? PublicAddress { get; set; }

        public string? HelpDeskName { get; set; }

        public string? HelpDeskEmail { get; set; }

        public string? HelpDeskPhone { get; set; }

        public string? HelpDeskWeb { get; set; }

        public string? OrganizationCode { get; set; }

        public string? OrganizationName { get; set; }

        public string? TimeZone { get; set; }

        public string? GivenName { get; set; }

        public string? FamilyName { get; set; }

        public string? Email { get; set; }

        public string? Username { get; set; }

        /// <summary>Exactly as typed, spaces included (V6.2.8).</summary>
        [DisplayFormat(ConvertEmptyStringToNull = false)]
        public string? NewPassword { get; set; }

        [DisplayFormat(ConvertEmptyStringToNull = false)]
        public string? ConfirmNewPassword { get; set; }

        public SetUpRequest ToRequest(string language) => new(
            new(RegistryName ?? "", PublicAddress ?? "", HelpDeskName ?? "", HelpDeskEmail ?? "", HelpDeskPhone ?? "", HelpDeskWeb),
            new(OrganizationCode ?? "", OrganizationName ?? "", OrganizationType.StateProgram, TimeZone ?? ""),
            new(Username ?? "", GivenName ?? "", FamilyName ?? "", Email ?? "", Roles.RegistryOperator, language),
            NewPassword ?? "");
    }
}
