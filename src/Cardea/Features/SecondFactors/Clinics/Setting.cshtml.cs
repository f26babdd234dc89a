using System.Globalization;
using Cardea.Data;
using Cardea.Features.SecondFactors.Security;
using Cardea.Features.SecondPerson;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondFactors.Clinics;

/// <summary>Where the administrator of an organization decides about the second factors of its people, and sees first what that means (S1-01).</summary>
[SignedInRecently]
public sealed class SettingModel(
    AppDbContext db,
    FactorWays ways,
    ChangeFactorSetting change,
    AskSecondPerson ask,
    TimeProvider clock,
    IStringLocalizer<Words> words,
    IStringLocalizer<Shared.Words> sharedWords) : PageModel, IShownAgain
{
    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public SecondFactorPolicy Policy => ways.PolicyFor(Person);

    public IReadOnlyList<string> Methods => [Form.Off, .. OrganizationFactorWish.MethodsIn(Policy).Select(method => method.ToString())];

    /// <summary>What was asked for, if it can be; null before.</summary>
    public FactorSettingPreview? Preview { get; private set; }

    /// <summary>People would be asked for less: a second person confirms it.</summary>
    public bool TakesTwo { get; private set; }

    public bool WasSaved { get; private set; }

    private SignedInPerson Person => HttpContext.RequiredPerson;

    /// <summary>In the registry, not only on this page: others decide elsewhere, or need not know that it is here.</summary>
    private bool MayDecide => Policy.Scope is SecondFactorScope.ByOrganization && Person.Standing.Roles.HasFlag(Roles.Administrator);

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<IActionResult> OnGetAsync(bool saved, CancellationToken cancellationToken)
    {
        if (!MayDecide)
        {
            return NotFound();
        }

        WasSaved = saved;
        var setting = await db.OrganizationFactorSettings.AsNoTracking()
            .SingleOrDefaultAsync(s => s.OrganizationId == Person.OrganizationId, cancellationToken);
        Input = setting is null ? new() { Method = [Form.Off] } : new()
        {
            Method = [setting.Method.ToString()],
            RememberDays = setting.RememberDays.ToString(CultureInfo.InvariantCulture),
            From = LocalTime.Of(setting.From, Person.OrganizationTimeZone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!MayDecide)
        {
            return NotFound();
        }

        if (Read() is not var (wish, from))
        {
            return this.PageWithStatus(StatusCodes.Status400BadRequest);
        }

        if (Input.Answer is not [Form.Save])
        {
            Preview = await change.PreviewAsync(Person, wish, cancellationToken);
            TakesTwo = await change.TakesTwoAsync(Person, wish, from, cancellationToken);
            return Page();
        }

        return await change.RunAsync(Person, wish, from, cancellationToken) switch
        {
            ChangeFactorSettingOutcome.Changed => Redirect("/admin/second-factor?saved=true"),
            ChangeFactorSettingOutcome.TakesTwo => await AskAsync(wish, from, cancellationToken),
        };
    }

    private async Task<IActionResult> AskAsync(OrganizationFactorWish wish, DateTimeOffset from, CancellationToken cancellationToken)
    {
        (Preview, TakesTwo) = (await change.PreviewAsync(Person, wish, cancellationToken), true);
        if (PlainLine.Check(Input.Reason ?? "", PendingAct.ReasonMaxLength) is { } refusal)
        {
            return this.PageWithError("Input.Reason", PlainLineWords.Of(refusal, words["Reason"], PendingAct.ReasonMaxLength, sharedWords));
        }

        var asked = new AskedAct(Person.OrganizationId) { Method = wish.Method, RememberDays = wish.RememberDays, From = string.IsNullOrWhiteSpace(Input.From) ? null : from };
        var outcome = await ask.RunAsync(
            Person, SecondPersonKind.SwitchOffMfa, account: null, asked, PlainLine.Normalize(Input.Reason ?? ""), cancellationToken);
        if (outcome is AskSecondPersonOutcome.NobodyCouldConfirm)
        {
            ModelState.AddModelError("", words["NobodyCouldConfirm"]);
            return this.PageWithStatus(StatusCodes.Status409Conflict);
        }

        return Redirect($"{SecondPerson.IndexModel.Path}?done=Asked");
    }

    /// <summary>Null, with a sentence at each field that is wrong.</summary>
    private (OrganizationFactorWish Wish, DateTimeOffset From)? Read()
    {
        var method = Input.Method is [var one] && Methods.Contains(one) ? one : null;
        var days = int.TryParse(Input.RememberDays is null or "" ? "0" : Input.RememberDays, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        var wish = new OrganizationFactorWish(method is null or Form.Off ? null : Enum.Parse<OrganizationMethod>(method), days);
        var refusals = wish.Check(Policy);
        if (method is null || refusals.MethodIsNotAllowed)
        {
            ModelState.AddModelError("Input.Method", words["MethodMissing"]);
        }

        if (refusals.DaysAreOutOfRange)
        {
            ModelState.AddModelError(
                "Input.RememberDays", words["DaysOutOfRange", SecondFactorRules.ShortestRememberDays, SecondFactorRules.LongestRememberDays]);
        }

        var from = FromWhen();
        if (from is null)
        {
            ModelState.AddModelError("Input.From", words["FromNotADay"]);
        }

        return ModelState.IsValid ? (wish, from!.Value) : null;
    }

    /// <summary>The beginning of that day where the organization is; at once when no day is given. Null for what is no day.</summary>
    private DateTimeOffset? FromWhen()
    {
        if (string.IsNullOrWhiteSpace(Input.From))
        {
            return clock.Now;
        }

        if (!DateOnly.TryParseExact(Input.From.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return null;
        }

        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, LocalTime.ZoneOf(Person.OrganizationTimeZone).GetUtcOffset(midnight)).ToUniversalTime();
    }

    public sealed class Form
    {
        public const string Off = "Off", Show = "preview", Save = "save";

        public List<string> Answer { get; set; } = [];

        /// <summary>A list, so that two choices at once are none.</summary>
        public List<string> Method { get; set; } = [];

        public string? RememberDays { get; set; }

        /// <summary>Where it takes two.</summary>
        public string? Reason { get; set; }

        /// <summary>A day, such as 2026-03-02.</summary>
        public string? From { get; set; }
    }
}
