using System.Security.Cryptography;
using System.Text.Json;
using Cardea.Data;
using Cardea.Features.Alarms;
using Cardea.Features.Audit;
using Cardea.Features.EmailAddresses;
using Cardea.Features.Messages;
using Cardea.Features.Messages.Texts;
using Cardea.Features.SecondFactors.Devices;
using Cardea.Policies;
using Cardea.Rules;
using Cardea.Rules.Accounts;
using Cardea.Rules.EmailAddresses;
using Cardea.Rules.SecondFactors;
using Cardea.Rules.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Accounts;

/// <summary>What others may correct about a person. Language and time zone are the person's own affair.</summary>
/// <param name="Username">Not looked at where people sign in with their email address.</param>
/// <param name="PhoneNumber">As <see cref="WorkPhone.Read"/> has it, or, before that, as typed.</param>
public sealed record PersonOnFile(string GivenName, string FamilyName, string Username, string Email, string? PhoneNumber)
{
    private const int VersionBytes = 12;

    /// <summary>Of these very values: a form that brings it back shows whether they are still those that it was filled in over.</summary>
    public string Version =>
        Convert.ToBase64String(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes((string?[])[GivenName, FamilyName, Username, Email, PhoneNumber]))[..VersionBytes]);

    /// <param name="country">Whose phone numbers people type without its prefix.</param>
    public PersonOnFileRefusals Check(IdentifierKind identifier, string country) => new()
    {
        GivenName = PlainLine.Check(GivenName, Account.NameMaxLength),
        FamilyName = PlainLine.Check(FamilyName, Account.NameMaxLength),
        Username = identifier is IdentifierKind.EmailAddress ? null : SignInNames.CheckUsername(Username),
        Email = EmailAddressRules.Check(Email),
        PhoneIsNoNumber = !string.IsNullOrWhiteSpace(PhoneNumber) && WorkPhone.Read(PhoneNumber, country) is null,
    };

    /// <summary>As it is kept, once it has passed <see cref="Check"/>.</summary>
    public PersonOnFile Normalized(IdentifierKind identifier, string country) => this with
    {
        GivenName = PlainLine.Normalize(GivenName),
        FamilyName = PlainLine.Normalize(FamilyName),
        Username = identifier is IdentifierKind.EmailAddress ? SignInName.Kept(identifier, Email) : Username,
        Email = EmailAddressRules.Normalize(Email),
        PhoneNumber = string.IsNullOrWhiteSpace(PhoneNumber) ? null : WorkPhone.Read(PhoneNumber, country),
    };

    /// <summary>The names of what differs.</summary>
    public IReadOnlyList<string> DifferencesFrom(PersonOnFile other) =>
    [
        .. new[]
        {
            (nameof(GivenName), GivenName, other.GivenName),
            (nameof(FamilyName), FamilyName, other.FamilyName),
            (nameof(Username), Username, other.Username),
            (nameof(Email), Email, other.Email),
            (nameof(PhoneNumber), PhoneNumber, other.PhoneNumber),
        }.Where(field => field.Item2 != field.Item3).Select(field => field.Item1),
    ];
}

/// <summary>What is wrong with what was typed about a person, field by field.</summary>
public sealed record PersonOnFileRefusals
{
    public PlainLineRefusal? GivenName { get; init; }

    public PlainLineRefusal? FamilyName { get; init; }

    public SignInNameRefusal? Username { get; init; }

    public EmailAddressRefusal? Email { get; init; }

    public bool PhoneIsNoNumber { get; init; }

    public bool Any => this != new PersonOnFileRefusals();
}

public abstract record ChangePersonOutcome
{
    public sealed record Changed : ChangePersonOutcome;

    public sealed record Refused(PersonOnFileRefusals Reasons) : ChangePersonOutcome;

    /// <summary>Somebody else has changed it since the form was opened.</summary>
    public sealed record OthersAreOnFile(PersonOnFile OnFile) : ChangePersonOutcome;

    /// <summary>Whoever has the address can get into the account: to whom it would go must be known.</summary>
    public sealed record AddressMustStay : ChangePersonOutcome;

    /// <summary>By somebody of the same name, or of one that looks like it (S2-04).</summary>
    public sealed record NameIsTaken : ChangePersonOutcome;
}

/// <summary>
/// Somebody who manages people corrects what is on file about one of them. A new address is not proven: the person confirms it at the next sign-in,
/// and the former one is told, as when they change it themselves.
/// </summary>
public sealed class ChangePerson(
    AppDbContext db,
    PeopleInReach people,
    PolicyBook policies,
    FindablePeople findable,
    RememberedDevices devices,
    AlarmNotices alarms,
    TellOwner tellOwner,
    Outbox outbox,
    AuditTrail audit,
    IOptions<TextSettings> texts,
    TimeProvider clock)
{
    /// <param name="versionShown">Of the values over which the form was filled in.</param>
    /// <param name="mayChangeAddress">Whether it is known that the person themselves asks for it.</param>
    public async Task<ChangePersonOutcome> RunAsync(
        FoundAccount account, PersonOnFile wanted, string versionShown, bool mayChangeAddress, CancellationToken cancellationToken)
    {
        var (identifier, country) = (policies.For(account.HomeOrganizationId).Identifier, texts.Value.AllowedCountries[0]);
        if (wanted.Check(identifier, country) is { Any: true } reasons)
        {
            return new ChangePersonOutcome.Refused(reasons);
        }

        var person = wanted.Normalized(identifier, country);
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await people.HoldAsync(account, cancellationToken);
        var onFile = await FindAsync(account, cancellationToken);
        var changed = person.DifferencesFrom(onFile);
        if (changed.Count == 0)
        {
            return new ChangePersonOutcome.Changed();   // a double click
        }

        if (onFile.Version != versionShown)
        {
            return new ChangePersonOutcome.OthersAreOnFile(onFile);
        }

        if (changed.Contains(nameof(PersonOnFile.Email)) && !mayChangeAddress)
        {
            return new ChangePersonOutcome.AddressMustStay();
        }

        if (changed.Contains(nameof(PersonOnFile.Email)))
        {
            await TellFormerAddressAsync(account, person.Email, cancellationToken);
        }
        else
        {
            await tellOwner.ThatAsync(HelpGiven.DetailsChanged, account, cancellationToken);
        }

        await WriteAsync(account, person, changed, cancellationToken);
        audit.Add(new PersonChanged(account.Id, account.HomeOrganizationId, changed));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException problem) when (problem.IsDuplicateIn(SignInNameConfiguration.Table))
        {
            return new ChangePersonOutcome.NameIsTaken();
        }

        await findable.RefreshAsync(account.Id, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new ChangePersonOutcome.Changed();
    }

    /// <summary>For the form.</summary>
    public Task<PersonOnFile> FindAsync(FoundAccount account, CancellationToken cancellationToken) =>
        db.HomeNames()
            .Where(name => name.AccountId == account.Id)
            .Select(name => new PersonOnFile(
                name.Account!.GivenName, name.Account.FamilyName, name.Name, name.Account.Email ?? "", name.Account.PhoneNumber))
            .SingleAsync(cancellationToken);

    private async Task WriteAsync(FoundAccount account, PersonOnFile person, IReadOnlyList<string> changed, CancellationToken cancellationToken)
    {
        await db.Accounts
            .Where(a => a.Id == account.Id)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(a => a.GivenName, person.GivenName)
                    .SetProperty(a => a.FamilyName, person.FamilyName)
                    .SetProperty(a => a.PhoneNumber, person.PhoneNumber),
                cancellationToken);
        if (changed.Contains(nameof(PersonOnFile.Username)))
        {
            var name = await db.HomeNames().SingleAsync(name => name.AccountId == account.Id, cancellationToken);
            (name.Name, name.Skeleton) = (person.Username, SignInNames.Skeleton(person.Username));
        }

        if (changed.Contains(nameof(PersonOnFile.Email)))
        {
            var folded = EmailAddressRules.Folded(person.Email);
            await db.Accounts
                .Where(a => a.Id == account.Id)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(a => a.Email, person.Email)
                        .SetProperty(a => a.NormalizedEmail, folded)
                        .SetProperty(a => a.EmailConfirmedAt, (DateTimeOffset?)null)
                        .SetProperty(a => a.EmailRefusedAt, (DateTimeOffset?)null),
                    cancellationToken);
            await db.SentCodes   // they went to the former address
                .Where(code => code.AccountId == account.Id && code.Kind == FactorKinds.Email).ExecuteDeleteAsync(cancellationToken);
            await db.CallerCodes.Where(code => code.AccountId == account.Id).ExecuteDeleteAsync(cancellationToken);
            await devices.ForgetAllAsync(account.Id, cancellationToken);
        }
    }

    private async Task TellFormerAddressAsync(FoundAccount account, string newAddress, CancellationToken cancellationToken)
    {
        var owner = await db.Accounts
            .Where(a => a.Id == account.Id)
            .Select(a => new { a.Email, Name = a.GivenName + " " + a.FamilyName, a.Language, Zone = a.TimeZone ?? a.HomeOrganization!.TimeZone })
            .SingleAsync(cancellationToken);
        if (owner.Email is { } former)
        {
            outbox.Add(new EmailChangedMail(account.Id, former, owner.Name, owner.Language, newAddress, clock.Now, owner.Zone, alarms.NewLink(account.Id)));
        }
    }
}
