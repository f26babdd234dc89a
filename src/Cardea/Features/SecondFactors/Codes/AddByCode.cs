using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Passwords;
using Cardea.Features.SecondFactors.Recovery;
using Cardea.Features.Sessions;
using Cardea.Policies;
using Cardea.Rules.SecondFactors;

namespace Cardea.Features.SecondFactors.Codes;

/// <summary>The code that came shows that codes can be sent there (S1-03, S1-04). Its tries are counted as at sign-in.</summary>
public sealed class AddByCode(
    AppDbContext db, PolicyBook policies, HashingGate hashing, FactorTries tries, CodeTries codes, RecoveryCodes recoveryCodes, AddFactor addFactor,
    TimeProvider clock)
{
    /// <param name="kind">Email or Text.</param>
    /// <param name="code">Six digits.</param>
    /// <param name="language">Of the page, so that the mail speaks as it did.</param>
    public async Task<AddFactorOutcome> RunAsync(
        SignedInPerson person, FactorKinds kind, string code, string language, CancellationToken cancellationToken)
    {
        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new AddFactorOutcome.TooBusy();
        }

        var counted = await tries.CountAsync(
            person.AccountId, FactorTry.WayOf(kind), policies.For(person.OrganizationId).Lock, cancellationToken);
        if (counted is CountedFactorTry.Locked locked)
        {
            return new AddFactorOutcome.Locked(locked.Minutes);
        }

        var tried = await codes.CountAsync(person, kind, CancellationToken.None);
        return tried is not null && (await place.VerifyAsync(code, tried.CodeHash)).Matches
            ? await AddAsync(person, tried, await recoveryCodes.MakeAsync(place), language)
            : new AddFactorOutcome.WrongCode();
    }

    private async Task<AddFactorOutcome> AddAsync(SignedInPerson person, SentCode code, MadeCodes made, string language)
    {
        var now = clock.Now;
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        await db.TakeTurnAsync(person.AccountId, CancellationToken.None);
        var factor = new Factor
        {
            Id = clock.NewId(),
            AccountId = person.AccountId,
            Kind = code.Kind,
            PhoneNumber = code.Kind is FactorKinds.Text ? code.To : null,
            AddedAt = now,
            LastUsedAt = now,
        };
        var way = code.Kind is FactorKinds.Email ? ProvenWay.EmailCode : ProvenWay.TextCode;
        if (!await codes.SpendAsync(code, CancellationToken.None) || await addFactor.RunAsync(person, factor, way, made, language) is not { } added)
        {
            return new AddFactorOutcome.WasAddedBefore();
        }

        await tries.ForgetAsync(person.AccountId, FactorTry.WayOf(code.Kind), CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return added;
    }
}
