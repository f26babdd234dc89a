using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Cardea.Features.Accounts;
using Cardea.Features.Organizations;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Policies;
using Cardea.Rules.EmailAddresses;
using Cardea.Rules.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Recovery;

/// <summary>A page on which somebody who is locked out asks for a mail. Its answer is the same for all (S2-31).</summary>
public abstract class AskPageModel(AskForRecovery ask, PolicyBook policies, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    /// <summary>By a page of its own: reloading it asks for nothing.</summary>
    [FromQuery(Name = "sent")]
    public bool WasSent { get; set; }

    public abstract Audience Audience { get; }

    protected virtual RecoveryWishKind Kind => RecoveryWishKind.Link;

    public IdentifierKind Identifier => SignInName.IdentifierFor(Audience, policies.Everywhere.Identifier);

    public virtual bool AsksOrganization => Identifier is IdentifierKind.OrganizationCodeAndUsername;

    public virtual bool AsksUsername => Identifier is not IdentifierKind.EmailAddress;

    /// <summary>Where a username is all that people sign in with, it is all that is asked for (S0-12).</summary>
    public virtual bool AsksEmail => Identifier is not IdentifierKind.Username;

    /// <summary>Somebody may sign in with more than they remember .</summary>
    public bool MayForgetNames => Audience is Audience.Staff && Identifier is not IdentifierKind.EmailAddress;

    /// <summary>As the documents have it: OK where the username alone is asked for (S0-12), else Submit (S2-30).</summary>
    public string ButtonWord => Identifier is IdentifierKind.Username ? "Ok" : "Submit";

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        WasSent = false;
        if (!IsComplete())
        {
            return this.PageWithStatus(StatusCodes.Status400BadRequest);
        }

        var wish = new RecoveryWish(
            Kind,
            Audience,
            AsksOrganization ? Input.OrganizationCode : null,
            AsksUsername ? Input.Username : null,
            AsksEmail ? Input.EmailAddress!.Trim() : null,
            CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
            HttpContext.ClientAddress);
        await ask.RunAsync(wish, cancellationToken);
        return Redirect($"{Request.Path}?sent=true");
    }

    /// <summary>Only the shape; whether it is true is only ever said by mail.</summary>
    private bool IsComplete()
    {
        if (AsksOrganization)
        {
            Require("Input.OrganizationCode", Input.OrganizationCode, Organization.CodeMaxLength, "EnterOrganizationCode");
        }

        if (AsksUsername)
        {
            Require("Input.Username", Input.Username, Account.EmailMaxLength, "EnterUsername");
        }

        if (AsksEmail)
        {
            Require("Input.EmailAddress", Input.EmailAddress?.Trim(), Account.EmailMaxLength, "EnterEmailAddress");
            if (ModelState.IsValid && EmailAddressRules.Check(Input.EmailAddress!.Trim()) is not null)
            {
                ModelState.AddModelError("Input.EmailAddress", words["NoEmailAddress"]);
            }
        }

        return ModelState.IsValid;
    }

    private void Require(string field, string? value, int maxLength, string missing)
    {
        if (string.IsNullOrEmpty(value))
        {
            ModelState.AddModelError(field, words[missing]);
        }
        else if (value.Length > maxLength)
        {
            ModelState.AddModelError(field, words["TooLong"]);
        }
    }

    public sealed class Form
    {
        [DisplayFormat(ConvertEmptyStringToNull = false)]
        public string? OrganizationCode { get; set; }

        [DisplayFormat(ConvertEmptyStringToNull = false)]
        public string? Username { get; set; }

        [DisplayFormat(ConvertEmptyStringToNull = false)]
        public string? EmailAddress { get; set; }
    }
}
