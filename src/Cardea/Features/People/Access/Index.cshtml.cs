using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.SecondFactors.Security;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Policies;
using Cardea.Rules.Permissions;
using Cardea.Rules.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.People.Access;

/// <summary>All organizations for which somebody works, for those who help everybody: an administrator sees what is of their own alone.</summary>
[SignedInRecently]
public sealed class IndexModel(AppDbContext db, ActTools tools, PolicyBook policies, GiveAccess giveAccess) : PageModel, IShownAgain
{
    [FromRoute]
    public Guid Id { get; set; }

    /// <summary>What was done a moment ago.</summary>
    [FromQuery]
    public string? Done { get; set; }

    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public PersonInReach Person { get; private set; } = null!;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public RolesField Field => new(
        RolesField.OfferedInFurtherOrganizationsBy(Manager), Input.Roles, ModelState["Input.Roles"]?.Errors.FirstOrDefault()?.ErrorMessage);

    /// <summary>Where names belong to organizations.</summary>
    public bool AsksUsername => policies.Everywhere.Identifier is IdentifierKind.OrganizationCodeAndUsername;

    /// <summary>Null where the word of the address is none of ours.</summary>
    public string? DoneSentence => Done is { Length: > 0 } && tools.Words[$"AccessDone{Done}"] is { ResourceNotFound: false } known ? known.Value : null;

    private Manager Manager => tools.People.ManagerOf(HttpContext.RequiredPerson);

    public static string PathOf(Guid accountId) => $"{PersonModel.PathOf(accountId)}/organizations";

    public string RolesOf(Row row) => RoleWords.Of(row.Roles, tools.Words);

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var found = Manager.Reach is Reach.Everybody ? await tools.People.FindAsync(Manager, Id, cancellationToken) : null;
        Person = found is { IsDeleted: false } ? found : throw new OutOfReachException();
        Rows = await db.Memberships.AsNoTracking()
            .Where(m => m.AccountId == Id)
            .OrderBy(m => m.OrganizationId == m.Account!.HomeOrganizationId ? 0 : 1).ThenBy(m => m.Organization!.Name)
            .Select(m => new Row(
                m.OrganizationId,
                m.Organization!.Name,
                m.Organization.Code,
                db.SignInNames.Where(name => name.AccountId == m.AccountId)
                    .OrderBy(name => name.Scope == m.OrganizationId ? 0 : 1).Select(name => name.Name).FirstOrDefault() ?? "",
                m.Roles,
                m.OrganizationId == m.Account!.HomeOrganizationId))
            .ToListAsync(cancellationToken);
    }

    public Task OnGetAsync(CancellationToken cancellationToken) => PrepareAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        if (Person.Refusal is not null || Field.Read() is not { } roles)
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        if (string.IsNullOrEmpty(Input.OrganizationCode))
        {
            return this.PageWithError("Input.OrganizationCode", tools.Words["OrganizationCodeMissing"]);
        }

        var wanted = new WantedAccess(Input.OrganizationCode, roles, string.IsNullOrEmpty(Input.Username) ? null : Input.Username);
        return await giveAccess.RunAsync(Person.Account, wanted, cancellationToken) switch
        {
            GiveAccessOutcome.Given => Redirect($"{PathOf(Id)}?done=Given"),
            GiveAccessOutcome.NoSuchOrganization => this.PageWithError("Input.OrganizationCode", tools.Words["NoSuchOrganization"]),
            GiveAccessOutcome.WorksThereAlready => this.PageWithError("Input.OrganizationCode", tools.Words["AccessWorksThereAlready"]),
            GiveAccessOutcome.NoRole => this.PageWithError("Input.Roles", tools.Words["RolesMissing"]),
            GiveAccessOutcome.UsernameRefused refused => Refuse(refused),
            GiveAccessOutcome.NameIsTaken taken => this.PageWithError("Input.Username", tools.Words["AccessNameIsTaken", taken.Username]),
            _ => StatusCode(StatusCodes.Status403Forbidden),
        };
    }

    private IActionResult Refuse(GiveAccessOutcome.UsernameRefused refused)
    {
        new PersonWords(tools.Words, tools.SharedWords).Complain(ModelState, refused.Reason);
        return this.PageWithStatus(StatusCodes.Status400BadRequest);
    }

    public sealed record Row(Guid Id, string Name, string Code, string Username, Roles Roles, bool IsHome);

    public sealed class Form
    {
        public string? OrganizationCode { get; set; }

        public string? Username { get; set; }

        public List<string> Roles { get; set; } = [];
    }
}
