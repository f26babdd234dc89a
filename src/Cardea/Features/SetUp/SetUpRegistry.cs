using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Messages.Texts;
using Cardea.Features.Organizations;
using Cardea.Features.Passwords;
using Cardea.Policies;
using Cardea.Rules;
using Cardea.Rules.EmailAddresses;
using Cardea.Rules.Passwords;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cardea.Features.SetUp;

/// <param name="Password">The operator's own: the only account that begins with a password chosen by its person.</param>
public sealed record SetUpRequest(RegistryDetails Registry, OrganizationDetails Organization, NewAccount Operator, string Password);

public abstract record SetUpRegistryOutcome
{
    public sealed record SetUp : SetUpRegistryOutcome;

    public sealed record Refused(
        RegistryDetailsRefusals Registry,
        OrganizationDetailsRefusals Organization,
        NewAccountRefusals Operator,
        IReadOnlyList<PasswordRefusal> Password) : SetUpRegistryOutcome;

    public sealed record CodeIsTaken : SetUpRegistryOutcome;

    public sealed record NameIsTaken : SetUpRegistryOutcome;

    /// <summary>Somebody else was first.</summary>
    public sealed record NoLongerOpen : SetUpRegistryOutcome;

    public sealed record TooBusy : SetUpRegistryOutcome;
}

/// <summary>Names the registry, opens its first organization and makes its first operator, all or nothing, once (V6.3.2).</summary>
public sealed class SetUpRegistry(
    AppDbContext db,
    SetUpDoor door,
    RegistryProfile profile,
    PolicyBook policies,
    NewAccounts accounts,
    PasswordChecker passwords,
    HashingGate hashing,
    AuditTrail audit,
    IOptions<TextSettings> texts,
    TimeProvider clock)
{
    private string Country => texts.Value.AllowedCountries[0];

    public async Task<SetUpRegistryOutcome> RunAsync(string token, SetUpRequest request, CancellationToken cancellationToken)
    {
        var organizationId = clock.NewId();
        if (await CheckAsync(request, organizationId, cancellationToken) is { } refused)
        {
            return refused;
        }

        var organization = request.Organization.Normalized(Country).ToOrganization(organizationId, parentId: null, clock.Now);

        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new SetUpRegistryOutcome.TooBusy();
        }

        var hash = await place.HashAsync(request.Password);

        await using var write = await db.BeginWriteAsync(cancellationToken);
        if (!await door.TryCloseAsync(token, cancellationToken))
        {
            return new SetUpRegistryOutcome.NoLongerOpen();
        }

        try
        {
            db.Organizations.Add(organization);
            audit.Add(new OrganizationCreated(organization.Id, organization.Type));
            await accounts.AddAsync(request.Operator, organization, new(hash, IsTemporary: false));
            await NoteAsync(request.Registry, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException problem) when (problem.IsDuplicateIn(OrganizationConfiguration.Table))
        {
            return new SetUpRegistryOutcome.CodeIsTaken();
        }
        catch (DbUpdateException problem) when (problem.IsDuplicateIn(SignInNameConfiguration.Table))
        {
            return new SetUpRegistryOutcome.NameIsTaken();
        }

        await write.CommitAsync(cancellationToken);
        profile.Forget();
        return new SetUpRegistryOutcome.SetUp();
    }

    private async Task<SetUpRegistryOutcome.Refused?> CheckAsync(SetUpRequest request, Guid organizationId, CancellationToken cancellationToken)
    {
        var identifier = policies.Everywhere.Identifier;
        var (registry, organization, first) = (request.Registry.Check(), request.Organization.Check(Country), request.Operator.Check(identifier));
        var ownWords = new PersonalWords(
            organizationId, request.Organization.Code, request.Operator.SignInName(identifier), request.Operator.GivenName, request.Operator.FamilyName);
        var password = await passwords.CheckAsync(request.Password, ownWords, cancellationToken);
        return registry.Any || organization.Any || first.Any || password.Count > 0 ? new(registry, organization, first, password) : null;
    }

    private async Task NoteAsync(RegistryDetails details, CancellationToken cancellationToken) =>
        await db.Registry.ExecuteUpdateAsync(
            set => set
                .SetProperty(registry => registry.DisplayName, PlainLine.Normalize(details.DisplayName))
                .SetProperty(registry => registry.PublicAddress, new Uri(details.PublicAddress).GetLeftPart(UriPartial.Authority))
                .SetProperty(registry => registry.HelpDeskName, PlainLine.Normalize(details.HelpDeskName))
                .SetProperty(registry => registry.HelpDeskEmail, EmailAddressRules.Normalize(details.HelpDeskEmail))
                .SetProperty(registry => registry.HelpDeskPhone, PlainLine.Normalize(details.HelpDeskPhone))
                .SetProperty(registry => registry.HelpDeskWeb, details.HelpDeskWeb),
            cancellationToken);
}
