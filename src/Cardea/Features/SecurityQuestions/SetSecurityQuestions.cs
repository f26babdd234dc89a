using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Alarms;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Passwords;
using Cardea.Features.Sessions;
using Cardea.Policies;
using Cardea.Rules.SecurityQuestions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecurityQuestions;

public abstract record SetSecurityQuestionsOutcome
{
    public sealed record Saved : SetSecurityQuestionsOutcome;

    public sealed record Refused(SetUpRefusals Reasons) : SetSecurityQuestionsOutcome;

    public sealed record TooBusy : SetSecurityQuestionsOutcome;
}

/// <summary>A person chooses their questions and gives the answers; those of before are replaced (S2-08).</summary>
public sealed class SetSecurityQuestions(
    AppDbContext db, PolicyBook policies, HashingGate hashing, AlarmNotices alarms, Outbox outbox, AuditTrail audit, TimeProvider clock)
{
    public async Task<SetSecurityQuestionsOutcome> RunAsync(
        SignedInPerson person, IReadOnlyList<ChosenAnswer> chosen, CancellationToken cancellationToken)
    {
        var policy = policies.For(person.OrganizationId);
        var reasons = SecurityQuestionRules.Check(chosen, policy.SecurityQuestions, Questions.Known, person.Username, person.OrganizationCode);
        if (!reasons.IsEmpty)
        {
            return new SetSecurityQuestionsOutcome.Refused(reasons);
        }

        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new SetSecurityQuestionsOutcome.TooBusy();
        }

        if (await FindPasswordAsync(person, chosen, policy.Passwords.MinimumLength, place, cancellationToken) is { } row)
        {
            return new SetSecurityQuestionsOutcome.Refused(reasons with { Answers = new Dictionary<int, AnswerRefusal> { [row] = AnswerRefusal.IsPassword } });
        }

        var hashes = await place.HashAllAsync([.. chosen.Select(one => SecurityQuestionRules.Normalize(one.Answer!))]);
        var now = clock.Now;

        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.TakeTurnAsync(person.AccountId, cancellationToken);
        await db.SecurityAnswers.Where(answer => answer.AccountId == person.AccountId).ExecuteDeleteAsync(cancellationToken);
        db.SecurityAnswers.AddRange(chosen.Zip(hashes, (one, hash) => (one.Question, Hash: hash)).Select((one, index) => new SecurityAnswer
        {
            AccountId = person.AccountId,
            Position = index + 1,
            Question = one.Question!,
            AnswerHash = one.Hash,
            SetAt = now,
        }));
        if (person.Standing.AnswersOnFile > 0 && person.Email is { } email)   // the first time, double click or not, nobody's way in has changed
        {
            var secret = alarms.NewLink(person.AccountId);
            outbox.Add(new SecurityQuestionsChangedMail(person.AccountId, email, person.DisplayName, person.Language, now, person.TimeZone, secret));
        }

        audit.Add(new SecurityQuestionsSet(person.AccountId, chosen.Count));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new SetSecurityQuestionsOutcome.Saved();
    }

    /// <summary>The row whose answer is the person's password (C-02): kept without case, it would give most of the password away.</summary>
    private async Task<int?> FindPasswordAsync(
        SignedInPerson person, IReadOnlyList<ChosenAnswer> chosen, int shortestPassword, HashingPlace place, CancellationToken cancellationToken)
    {
        var password = await db.Accounts.Where(account => account.Id == person.AccountId).Select(account => account.PasswordHash).SingleAsync(cancellationToken);
        for (var row = 0; password is not null && row < chosen.Count; row++)
        {
            var answer = chosen[row].Answer!;
            if (answer.Length >= shortestPassword && (await place.VerifyAsync(answer, password)).Matches)
            {
                return row;
            }
        }

        return null;
    }
}
