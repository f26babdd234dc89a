using System.Globalization;
using Cardea.Data;
using Cardea.Features.SecondFactors.Devices;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors.Security;

/// <summary>All that stands between a stolen password and the account: factors, recovery codes, remembered devices.</summary>
public sealed class IndexModel(AppDbContext db, FactorWays ways) : PageModel
{
    public IReadOnlyList<Factor> Factors { get; private set; } = [];

    public int CodesLeft { get; private set; }

    public IReadOnlyList<RememberedDevice> Devices { get; private set; } = [];

    public bool MayAdd => ways.Allowed(Person).Count > 0;

    private SignedInPerson Person => HttpContext.RequiredPerson;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var account = Person.AccountId;
        Factors = await db.Factors.AsNoTracking()
            .Where(f => f.AccountId == account && f.RemovedAt == null).OrderByDescending(f => f.Kind).ThenBy(f => f.Id).ToListAsync(cancellationToken);
        CodesLeft = await db.RecoveryCodes.CountAsync(code => code.AccountId == account, cancellationToken);
        Devices = await db.RememberedDevices.AsNoTracking()
            .Where(d => d.AccountId == account && d.ForgottenAt == null).OrderByDescending(d => d.Id).ToListAsync(cancellationToken);
        var (now, passwordSetAt) = (ways.Now, Person.Standing.PasswordSetAt);
        Devices = [.. Devices.Where(d => SecondFactorRules.IsRemembered(d.RememberedAt, passwordSetAt, Person.Standing.SecondFactorFacts, ways.PolicyFor(Person), now))];
    }

    public string When(DateTimeOffset at) => LocalTime.Of(at, Person.TimeZone).ToString("f", CultureInfo.CurrentCulture);

    public bool MayRemove(Factor factor) => ways.MayRemove(Person, Factors, factor);
}
