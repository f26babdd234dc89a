using System.Globalization;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Messages.Texts;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Policies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Cardea.Features.MyAccount;

/// <summary>"manage my account" (S2-10): what is on file about the person who asks, and the ways to change it.</summary>
public sealed class IndexModel(AppDbContext db, PolicyBook policies, IOptions<TextSettings> texts, IStringLocalizer<Shared.Words> sharedWords) : PageModel
{
    public const string Path = "/account";

    [FromQuery(Name = "saved")]
    public bool WasSaved { get; set; }

    public SignedInPerson Person => HttpContext.RequiredPerson;

    public string? PhoneNumber { get; private set; }

    public static string Language
    {
        get
        {
            var shown = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
            return Languages.Offered.Single(language => language.Code == shown).Name;
        }
    }

    public string TimeZone => OfferedTimeZones.NameOf(Person.TimeZone, sharedWords);

    /// <summary>Pages of their own, as path and word.</summary>
    public IReadOnlyList<(string Path, string Word)> Rooms =>
    [
        ("/account/password", "Password"),
        ("/account/security", "Security"),
        .. Policy.SecurityQuestions > 0 ? [("/account/questions", "Questions")] : ((string, string)[])[],
        ("/account/sessions", "Sessions"),
        ("/account/activity", "Activity"),
        .. Policy.AgreementsAreAsked ? [("/account/agreements", "Agreements")] : ((string, string)[])[],
    ];

    private Policy Policy => policies.For(Person.OrganizationId);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var kept = await db.Accounts.Where(account => account.Id == Person.AccountId).Select(account => account.PhoneNumber).SingleOrDefaultAsync(cancellationToken);
        PhoneNumber = kept is null ? null : WorkPhone.Grouped(kept, texts.Value.AllowedCountries[0]);
    }
}
