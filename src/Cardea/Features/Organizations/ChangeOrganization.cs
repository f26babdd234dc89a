using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Messages.Texts;
using Cardea.Features.SignIn.Tries;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Organizations;

public abstract record ChangeOrganizationOutcome
{
    /// <param name="CodeIsNew">Its people have to be told what they type first from now on.</param>
    public sealed record Changed(bool CodeIsNew) : ChangeOrganizationOutcome;

    public sealed record Refused(OrganizationDetailsRefusals Reasons) : ChangeOrganizationOutcome;

    /// <summary>By the same code, or by one that looks like it (S2-04).</summary>
    public sealed record CodeIsTaken : ChangeOrganizationOutcome;

    public sealed record ParentIsUnknown : ChangeOrganizationOutcome;

    /// <summary>The parent is the organization itself, or one of its parts.</summary>
    public sealed record WouldBePartOfItself : ChangeOrganizationOutcome;

    /// <summary>Somebody else, or another tab, has changed them since the form was opened.</summary>
    public sealed record OthersAreOnFile(OrganizationDetails OnFile) : ChangeOrganizationOutcome;

    public sealed record NoSuchOrganization : ChangeOrganizationOutcome;
}

/// <summary>Corrects what is on file about an organization. With a new code its people sign in by that, and failed tries under the former one are forgotten.</summary>
public sealed class ChangeOrganization(
    AppDbContext db, FindablePeople findable, SignInTries tries, AuditTrail audit, IOptions<TextSettings> texts)
{
    /// <param name="versionShown">Of the details over which the form was filled in.</param>
    public async Task<ChangeOrganizationOutcome> RunAsync(
        Guid organizationId, OrganizationDetails wanted, string versionShown, CancellationToken cancellationToken)
    {
        var country = texts.Value.AllowedCountries[0];
        if (wanted.Check(country) is { Any: true } reasons)
        {
            return new ChangeOrganizationOutcome.Refused(reasons);
        }

        var details = wanted.Normalized(country);
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.TakeTurnOfRegistryAsync(cancellationToken);   // of two who make each other's organization a part of their own, the second sees it
        if (await db.FindOrganizationDetailsAsync(organizationId, cancellationToken) is not { } onFile)
        {
            return new ChangeOrganizationOutcome.NoSuchOrganization();
        }

        var changed = details.DifferencesFrom(onFile);
        if (changed.Count == 0)
        {
            return new ChangeOrganizationOutcome.Changed(CodeIsNew: false);   // a double click
        }

        if (onFile.Version != versionShown)
        {
            return new ChangeOrganizationOutcome.OthersAreOnFile(onFile);
        }

        var parent = details.ParentCode is { } code ? await db.FindOrganizationIdAsync(code, cancellationToken) : null;
        if (details.ParentCode is not null && parent is null)
        {
            return new ChangeOrganizationOutcome.ParentIsUnknown();
        }

        if (parent is { } above && await db.IsPartOfAsync(above, organizationId, cancellationToken))
        {
            return new ChangeOrganizationOutcome.WouldBePartOfItself();
        }

        var codeIsNew = details.Code != onFile.Code;
        details.WriteTo(await db.Organizations.SingleAsync(o => o.Id == organizationId, cancellationToken), parent);
        audit.Add(new OrganizationChanged(organizationId, changed));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException problem) when (problem.IsDuplicateIn(OrganizationConfiguration.Table))
        {
            return new ChangeOrganizationOutcome.CodeIsTaken();
        }

        if (codeIsNew)
        {
            await tries.ForgetNamesAsync(db.SignInNames.Where(name => name.Scope == organizationId), cancellationToken);
            await findable.FollowCodeAsync(organizationId, details.Code, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        await write.CommitAsync(cancellationToken);
        return new ChangeOrganizationOutcome.Changed(codeIsNew);
    }
}
