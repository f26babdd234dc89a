using System.Globalization;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Messages;
using Cardea.Features.Messages.Texts;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Rules.Accounts;
using Cardea.Rules.Permissions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Cardea.Features.People;

/// <summary>One person, for whoever helps them: why they do not get in, in a sentence, and the button that helps.</summary>
public sealed class PersonModel(
    AppDbContext db, PeopleInReach people, WhyNotIn whyNotIn, IOptions<TextSettings> texts, IStringLocalizer<Words> words) : PageModel
{
    private const int MessagesShown = 8;

    [FromRoute]
    public Guid Id { get; set; }

    /// <summary>What was done a moment ago.</summary>
    [FromQuery]
    public string? Done { get; set; }

    public PersonInReach Person { get; private set; } = null!;

    public PersonAtTheDoor AtTheDoor { get; private set; } = null!;

    public PersonFacts Facts { get; private set; } = null!;

    public IReadOnlyList<MessageLine> Messages { get; private set; } = [];

    public IReadOnlyList<PersonAct> Acts { get; private set; } = [];

    /// <summary>Null where the word of the address is none of ours.</summary>
    public string? DoneSentence => words[$"Done{Done}"] is { ResourceNotFound: false } known && Done is { Length: > 0 } ? known.Value : null;

    /// <summary>Why whoever looks may do nothing here; null where they may.</summary>
    public string? Refusal => Person.Refusal is { } refusal ? words[$"Refusal{refusal}"].Value : null;

    /// <summary>Whether whoever looks helps people of all organizations.</summary>
    public bool IsEverywhere => people.ManagerOf(Viewer).Reach is Reach.Everybody;

    private SignedInPerson Viewer => HttpContext.RequiredPerson;

    public static string PathOf(Guid accountId) => $"{IndexModel.Path}/{accountId}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await people.FindAsync(people.ManagerOf(Viewer), Id, cancellationToken) is not { } found)
        {
            return NotFound();
        }

        Person = found;
        AtTheDoor = await whyNotIn.RunAsync(found.Account, cancellationToken);
        Facts = await ReadFactsAsync(cancellationToken);
        Messages = await ReadMessagesAsync(cancellationToken);
        Acts = found.Refusal is null ? PersonActs.For(found.IsDeleted, Facts.DisabledAt is not null, Facts.InactivatedAt is not null, Facts.IsNew) : [];
        return Page();
    }

    public string RolesOf(Roles roles) => RoleWords.Of(roles, words);

    public string When(DateTimeOffset? at) => at is { } time ? LocalTime.Of(time, Viewer.TimeZone).ToString("f", CultureInfo.CurrentCulture) : words["Never"];

    /// <summary>In a sentence that can be read out on the phone.</summary>
    public string Say(StandingReason reason) => reason switch
    {
        StandingReason.Disabled its => words["WhyDisabled", When(its.Since)],
        StandingReason.Inactive its => words["WhyInactive", When(its.Since)],
        StandingReason.TemporaryPasswordTooOld its => words["WhyTemporaryPasswordTooOld", When(its.Since)],
        StandingReason.Stopped its => words["WhyStopped", its.Failures],
        StandingReason.Locked its => words["WhyLocked", When(its.Until)],
        StandingReason.CodesLocked its => words["WhyCodesLocked", When(its.Until)],
        StandingReason.Invited its => words["WhyInvited", When(its.Until)],
        StandingReason.PasswordIsTemporary its => words["WhyPasswordIsTemporary", When(its.Until)],
        StandingReason.PasswordHasExpired its => words["WhyPasswordHasExpired", When(its.Since)],
        StandingReason.EmailRefused its => words["WhyEmailRefused", When(its.Since)],
        _ => words[$"Why{reason.GetType().Name}"],
    };

    private Task<PersonFacts> ReadFactsAsync(CancellationToken cancellationToken) =>
        db.Memberships
            .Where(m => m.AccountId == Id && m.OrganizationId == m.Account!.HomeOrganizationId)
            .Select(m => new PersonFacts(
                m.Roles,
                m.Organization!.Name,
                m.Organization.Code,
                m.Account!.PhoneNumber,
                m.Account.CreatedAt,
                m.Account.DisabledAt,
                m.Account.InactivatedAt,
                m.Account.DeletedAt,
                db.Sessions.Count(s => s.AccountId == Id && s.EndedAt == null),
                m.Account.PasswordIsTemporary && !db.AccountActivity.Any(a => a.AccountId == Id && a.LastSignInCompletedAt != null)))
            .SingleAsync(cancellationToken);

    /// <summary>Whether what was sent has arrived is half of all calls.</summary>
    private async Task<IReadOnlyList<MessageLine>> ReadMessagesAsync(CancellationToken cancellationToken)
    {
        var sent = await db.OutboxMessages.AsNoTracking()
            .Where(m => m.AccountId == Id)
            .OrderByDescending(m => m.CreatedAt)
            .Take(MessagesShown)
            .Select(m => new { m.Kind, m.CreatedAt, m.State })
            .ToListAsync(cancellationToken);
        return [.. sent.Select(m => new MessageLine(
            words[$"Message.{m.Kind}"] is { ResourceNotFound: false } known ? known.Value : m.Kind, When(m.CreatedAt), words[$"Message{m.State}"], m.State is OutboxState.Refused))];
    }

    public string? PhoneNumber => Facts.PhoneNumber is { } kept ? WorkPhone.Grouped(kept, texts.Value.AllowedCountries[0]) : null;
}

/// <param name="OpenSessions">Not ended by anybody; some of them may be over by their limits.</param>
/// <param name="IsNew">Never in, and without a password of their own.</param>
public sealed record PersonFacts(
    Roles Roles,
    string OrganizationName,
    string OrganizationCode,
    string? PhoneNumber,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DisabledAt,
    DateTimeOffset? InactivatedAt,
    DateTimeOffset? DeletedAt,
    int OpenSessions,
    bool IsNew);

/// <param name="IsTrouble">It did not arrive, and never will.</param>
public sealed record MessageLine(string What, string When, string State, bool IsTrouble);
