using System.Security.Cryptography;
using System.Text;
using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Hosting;
using Cardea.Rules;
using Cardea.Rules.Agreements;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Agreements;

/// <summary>An agreement as it was written, before it is published.</summary>
public sealed record AgreementDraft(AgreementKind Kind, IReadOnlyList<AgreementDraftText> Texts);

public sealed record AgreementDraftText(string Language, string Title, string Body)
{
    /// <summary>What an acceptance refers to: nobody can say later that it was another text (S2-05).</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Title}\n{Body}")));
}

public abstract record PublishAgreementOutcome
{
    public sealed record Published(Guid VersionId, int Number) : PublishAgreementOutcome;

    /// <summary>Each language of the product is needed once (S0-17), with a title of one line and a text.</summary>
    public sealed record Incomplete(string Language) : PublishAgreementOutcome;

    /// <summary>Word for word what is in force: publishing it would ask everybody again for nothing.</summary>
    public sealed record Unchanged(int Number) : PublishAgreementOutcome;

    /// <summary>Somebody else published at the same moment; look at theirs first.</summary>
    public sealed record Overtaken : PublishAgreementOutcome;
}

/// <summary>Puts a new version of an agreement in force: everybody whom it concerns is asked at the next sign-in (S2-15).</summary>
public sealed class PublishAgreement(AppDbContext db, AuditTrail audit, TimeProvider clock)
{
    public async Task<PublishAgreementOutcome> RunAsync(AgreementDraft draft, CancellationToken cancellationToken)
    {
        if (Languages.All.FirstOrDefault(language => !IsComplete(draft, language)) is { } incomplete)
        {
            return new PublishAgreementOutcome.Incomplete(incomplete);
        }

        await using var write = await db.BeginWriteAsync(cancellationToken);
        var inForce = await db.AgreementVersions.AsNoTracking().Include(version => version.Texts)
            .Where(version => version.Kind == draft.Kind)
            .OrderByDescending(version => version.Number)
            .FirstOrDefaultAsync(cancellationToken);
        if (inForce is not null && draft.Texts.All(text => inForce.Texts.Any(old => old.Language == text.Language && old.Hash == text.Hash)))
        {
            return new PublishAgreementOutcome.Unchanged(inForce.Number);
        }

        var version = new AgreementVersion
        {
            Id = clock.NewId(),
            Kind = draft.Kind,
            Number = (inForce?.Number ?? 0) + 1,
            PublishedAt = clock.Now,
        };
        version.Texts.AddRange(draft.Texts.Select(text => new AgreementText
        {
            VersionId = version.Id,
            Language = text.Language,
            Title = text.Title,
            Body = text.Body,
            Hash = text.Hash,
        }));
        db.AgreementVersions.Add(version);
        audit.Add(new AgreementPublished(version.Id, version.Kind, version.Number));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException problem) when (problem.IsDuplicateIn(AgreementConfiguration.VersionsTable))
        {
            return new PublishAgreementOutcome.Overtaken();
        }

        await write.CommitAsync(cancellationToken);
        return new PublishAgreementOutcome.Published(version.Id, version.Number);
    }

    private static bool IsComplete(AgreementDraft draft, string language) =>
        draft.Texts.Where(text => text.Language == language).ToList() is [var only]
        && PlainLine.Check(only.Title, AgreementConfiguration.TitleMaxLength) is null
        && !string.IsNullOrWhiteSpace(only.Body);
}
