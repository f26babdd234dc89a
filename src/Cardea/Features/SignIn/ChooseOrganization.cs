using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Organizations;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SignIn;

public enum ChooseOrganizationOutcome
{
    Chosen,

    /// <summary>Or no longer.</summary>
    DoesNotWorkThere,

    /// <summary>In this session an organization is chosen once; for another one, people sign in afresh.</summary>
    WasChosenBefore,
}

/// <summary>For which of their organizations somebody works in this session. All that is due, and all that they may do, is what that one says.</summary>
public sealed class ChooseOrganization(AppDbContext db, SessionStore sessions, SignInJourney journey, AuditTrail audit)
{
    /// <summary>To choose from, by name.</summary>
    public IQueryable<Organization> Of(SignedInPerson person) => db.Organizations.AsNoTracking()
        .Where(o => o.DeactivatedAt == null && db.Memberships.Any(m => m.AccountId == person.AccountId && m.OrganizationId == o.Id))
        .OrderBy(o => o.Name).ThenBy(o => o.Code);

    public async Task<ChooseOrganizationOutcome> RunAsync(SignedInPerson person, Guid organizationId, CancellationToken cancellationToken)
    {
        await using var write = await db.BeginWriteAsync(cancellationToken);
        if (!await Of(person).AnyAsync(o => o.Id == organizationId, cancellationToken))
        {
            return ChooseOrganizationOutcome.DoesNotWorkThere;
        }

        var isHome = organizationId == person.OrganizationId;   // for which every such session begins
        var chosen = await db.Sessions
            .Where(session => session.Id == person.SessionId && session.EndedAt == null && session.CompletedAt == null && session.Roles == Roles.None)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(session => session.OrganizationId, organizationId)
                    .SetProperty(session => session.Roles, session => db.Memberships
                        .Where(m => m.AccountId == session.AccountId && m.OrganizationId == organizationId).Select(m => m.Roles).FirstOrDefault())
                    .SetProperty(session => session.SecondFactorIsRemembered, session => session.SecondFactorIsRemembered && isHome),   // by the days of the home alone
                cancellationToken);
        if (chosen == 0 || await sessions.FindAsync(person.Secret.Value, cancellationToken) is not { } here)
        {
            return ChooseOrganizationOutcome.WasChosenBefore;
        }

        var planned = string.Join(' ', journey.Due(here.Standing).Select(step => step.Name).Prepend(new ChooseOrganizationStep().Name));
        await db.Sessions.Where(session => session.Id == person.SessionId)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.PlannedSteps, planned), cancellationToken);
        audit.Add(new OrganizationChosen(person.AccountId, organizationId, person.SessionId));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return ChooseOrganizationOutcome.Chosen;
    }
}
