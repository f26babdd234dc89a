using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Passwords;
using Cardea.Features.SecurityQuestions;
using Cardea.Rules.Recovery;
using Cardea.Rules.SecurityQuestions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Recovery;

/// <summary>
/// "Answer Security Question" (S2-34). As for passwords: a place at the gate, then the try is counted and committed, then the hash, then the
/// outcome in a transaction of its own.
/// </summary>
public sealed class AnswerQuestion(
    AppDbContext db, ResetLinks links, AnswerTries tries, HashingGate hashing, Outbox outbox, AuditTrail audit, TimeProvider clock)
{
    private const string By = nameof(ProofAfterLink.SecurityQuestion);

    /// <summary>Its id. The same for all tries, reloads and links, until it was answered (C-02).</summary>
    public async Task<string> QuestionAsync(OpenLink link, CancellationToken cancellationToken) =>
        (await AskedAsync(link.Person, cancellationToken)).Question;

    /// <param name="answer">As typed, and not empty.</param>
    public async Task<ProveResetOutcome> RunAsync(string? secret, string answer, CancellationToken cancellationToken)
    {
        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new ProveResetOutcome.TooBusy();
        }

        if (await links.FindAsync(secret, cancellationToken) is not { Proof: ProofAfterLink.SecurityQuestion } link)
        {
            return new ProveResetOutcome.LinkIsOver();
        }

        if (await tries.CountAsync(link.Person.AccountId, cancellationToken) is not { } wrong)
        {
            return new ProveResetOutcome.HardLocked();
        }

        // Counted means evaluated: from here on a browser that goes away changes nothing.
        var asked = await AskedAsync(link.Person, CancellationToken.None);
        var typed = answer.Length <= SecurityQuestionRules.LongestInputUnits ? SecurityQuestionRules.Normalize(answer) : "";
        return (await place.VerifyAsync(typed, asked.AnswerHash)).Matches
            ? await AcceptAsync(link)
            : await RefuseAsync(link.Person, wrong);
    }

    private async Task<SecurityAnswer> AskedAsync(RecoveringPerson person, CancellationToken cancellationToken)
    {
        var onFile = await db.SecurityAnswers.AsNoTracking()
            .Where(answer => answer.AccountId == person.AccountId).OrderBy(answer => answer.Position).ToListAsync(cancellationToken);
        return onFile[RecoveryRules.QuestionToAsk(person.Answered, onFile.Count)];
    }

    private async Task<ProveResetOutcome> AcceptAsync(OpenLink link)
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        await tries.ForgetAsync(link.Person.AccountId, CancellationToken.None);   // also when another request was first
        var ticket = await links.TrySpendAsync(link, CancellationToken.None);
        if (ticket is not null)
        {
            await tries.NoteAnsweredAsync(link.Person.AccountId, CancellationToken.None);
            audit.Add(new ResetProven(link.Person.AccountId, link.Person.OrganizationId, By));
            await db.SaveChangesAsync(CancellationToken.None);
        }

        await write.CommitAsync(CancellationToken.None);
        return ticket is null ? new ProveResetOutcome.LinkIsOver() : new ProveResetOutcome.Proven(ticket);
    }

    private async Task<ProveResetOutcome> RefuseAsync(RecoveringPerson person, int wrong)
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        var locks = RecoveryRules.IsHardLocked(wrong) && await tries.StillLockAsync(person.AccountId, CancellationToken.None);
        audit.Add(new ResetProofRefused(person.AccountId, person.OrganizationId, By, wrong));
        if (locks)
        {
            audit.Add(new AccountHardLocked(person.AccountId, person.OrganizationId));
            outbox.Add(new AccountHardLockedMail(person.AccountId, person.Email!, person.DisplayName, person.Language, clock.Now, person.TimeZone));
        }

        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return locks ? new ProveResetOutcome.HardLocked() : new ProveResetOutcome.NotAccepted(int.Max(1, RecoveryRules.AnswerTries - wrong));
    }
}
