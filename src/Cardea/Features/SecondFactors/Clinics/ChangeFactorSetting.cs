using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors.Clinics;

/// <summary>What a change would mean to the people of an organization (S1-01).</summary>
/// <param name="People">Who would be asked.</param>
/// <param name="WithoutEmail">By name: they can get no code by mail.</param>
/// <param name="Ready">By name: they have a factor that would be accepted.</param>
public sealed record FactorSettingPreview(int People, IReadOnlyList<string> WithoutEmail, IReadOnlyList<string> Ready);

public enum ChangeFactorSettingOutcome
{
    Changed,

    /// <summary>It would ask people for less: nobody decides that alone.</summary>
    TakesTwo,
}

/// <summary>Turns second factors on or off for an organization, from a day on (S1-01). Off, and less, takes two.</summary>
public sealed class ChangeFactorSetting(AppDbContext db, FactorWays ways, AuditTrail audit, TimeProvider clock)
{
    public async Task<FactorSettingPreview> PreviewAsync(SignedInPerson administrator, OrganizationFactorWish wish, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var people = await db.Memberships.AsNoTracking()
            .Where(m => m.OrganizationId == administrator.OrganizationId && m.Account!.Audience == Audience.Staff && m.Account.DisabledAt == null)
            .OrderBy(m => m.Account!.FamilyName).ThenBy(m => m.Account!.GivenName)
            .Select(m => new
            {
                Name = m.Account!.GivenName + " " + m.Account.FamilyName,
                HasEmail = m.Account.Email != null,
                m.Roles,
                m.Account.SecondFactorRequired,
                Factors = (FactorKinds)db.Factors
                    .Where(f => f.AccountId == m.AccountId && f.RemovedAt == null && f.BlockedAt == null).Select(f => (int)f.Kind).Distinct().Sum(),
            })
            .ToListAsync(cancellationToken);
        var policy = ways.PolicyFor(administrator);
        var setting = wish.Method is { } method ? new OrganizationSecondFactor(method, wish.RememberDays, From: now, ChangedAt: now) : null;
        var asked = people
            .Select(person => (person.Name, person.HasEmail, Facts: new SecondFactorFacts(person.Roles, person.SecondFactorRequired, person.Factors, setting)))
            .Where(person => SecondFactorRules.IsRequired(person.Facts, policy, now))
            .ToList();
        return new(
            asked.Count,
            [.. asked.Where(person => !person.HasEmail).Select(person => person.Name)],
            [.. asked.Where(person => SecondFactorRules.Usable(person.Facts, policy, now) is not FactorKinds.None).Select(person => person.Name)]);
    }

    /// <summary>Of the own organization, by one who is its administrator.</summary>
    /// <param name="from">People who are in go on until their session ends (S1-02).</param>
    public Task<ChangeFactorSettingOutcome> RunAsync(
        SignedInPerson administrator, OrganizationFactorWish wish, DateTimeOffset from, CancellationToken cancellationToken) =>
        RunAsync(administrator.OrganizationId, wish, from, confirm: null, cancellationToken);

    /// <param name="confirm">Part of the transaction, where a second person does it; what they do is not done when this throws.</param>
    public async Task<ChangeFactorSettingOutcome> RunAsync(
        Guid organization, OrganizationFactorWish wish, DateTimeOffset from, Func<CancellationToken, Task>? confirm, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.Organizations   // its administrators take turns: of two who save at once, the second sees what the first has done
            .Where(o => o.Id == organization).ExecuteUpdateAsync(set => set.SetProperty(o => o.CreatedAt, o => o.CreatedAt), cancellationToken);
        var setting = await db.OrganizationFactorSettings.SingleOrDefaultAsync(s => s.OrganizationId == organization, cancellationToken);
        if (confirm is not null)
        {
            await confirm(cancellationToken);
        }
        else if (wish.Loosens(setting?.ToRule(), from, now))
        {
            return ChangeFactorSettingOutcome.TakesTwo;
        }

        if (setting is not null && setting.From <= now && from <= now)
        {
            from = setting.From;   // it is in force already
        }

        if (confirm is null && setting?.Method == wish.Method && (setting is null || (setting.RememberDays == wish.RememberDays && setting.From == from)))
        {
            return ChangeFactorSettingOutcome.Changed;   // the other click of two
        }

        if (setting is not null)
        {
            db.OrganizationFactorSettings.Remove(setting);
        }

        if (wish.Method is { } method)
        {
            db.OrganizationFactorSettings.Add(new()
            {
                OrganizationId = organization,
                Method = method,
                RememberDays = wish.RememberDays,
                From = from,
                ChangedAt = now,
            });
        }

        audit.Add(new SecondFactorSettingChanged(organization, wish.Method?.ToString() ?? "Off", wish.RememberDays, from));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return ChangeFactorSettingOutcome.Changed;
    }

    /// <summary>Whether a second person would have to do it.</summary>
    public async Task<bool> TakesTwoAsync(SignedInPerson administrator, OrganizationFactorWish wish, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var setting = await db.OrganizationFactorSettings.AsNoTracking().SingleOrDefaultAsync(s => s.OrganizationId == administrator.OrganizationId, cancellationToken);
        return wish.Loosens(setting?.ToRule(), from, clock.Now);
    }
}
