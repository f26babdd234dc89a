using System.Diagnostics;
using Cardea.Features.Accounts;
using Cardea.Features.Agreements;
using Cardea.Features.Audit;
using Cardea.Features.Organizations;
using Cardea.Features.Passwords;
using Cardea.Features.SetUp;
using Cardea.Policies;

namespace Cardea.Demo;

/// <summary>Fills an empty database through the product's own operations, so that there is nothing in the demo that could not be in production.</summary>
public sealed class Seeding(IServiceProvider services, MovedClock clock, string url)
{
    private const string AgreementFiles = "agreements";

    public async Task<IReadOnlyList<DemoAccount>> RunAsync(TimeSpan clockOffset, CancellationToken cancellationToken)
    {
        var operatorPassword = await InScopeAsync(scope => SetUpAsync(scope, cancellationToken));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, AgreementFiles)))
        {
            await InScopeAsync(scope => PublishAsync(scope, file, cancellationToken));
        }

        foreach (var organization in SampleOrganization.Members)
        {
            await InScopeAsync(scope => CreateAsync(scope, organization, cancellationToken));
        }

        var accounts = new List<DemoAccount>();
        foreach (var person in SamplePerson.Others)
        {
            clock.Offset = person.IsMadeAtMovedTime ? clockOffset : TimeSpan.Zero;
            accounts.Add(await InScopeAsync(scope => CreateAsync(scope, person, cancellationToken)));
        }

        clock.Offset = TimeSpan.Zero;
        accounts.Add(await InScopeAsync(scope => SignInFirstAsync(scope, SamplePerson.FirstOperator, operatorPassword, cancellationToken)));
        return accounts;
    }

    /// <summary>One act, one scope: as a request or a command would have it.</summary>
    private async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsCommandLine("demo");
        return await act(scope.ServiceProvider);
    }

    /// <summary>Names the registry and its help desk, and makes the first operator.</summary>
    private async Task<string> SetUpAsync(IServiceProvider scope, CancellationToken cancellationToken)
    {
        var (person, organization) = (SamplePerson.FirstOperator, SampleOrganization.Registry);
        var token = await scope.GetRequiredService<SetUpDoor>().OpenAsync(cancellationToken) ?? throw new UnreachableException("The database is empty.");
        var password = await scope.GetRequiredService<TemporaryPasswords>().NewAsync(
            new(Guid.Empty, organization.Code, person.Username, person.GivenName, person.FamilyName), cancellationToken);
        var request = new SetUpRequest(
            new(organization.Name, url, "Registry help desk", "help@registry.example", "+1 555 010 0199", "https://registry.example/help"),
            New(organization),
            New(person),
            password);
        Expect<SetUpRegistryOutcome.SetUp>(await scope.GetRequiredService<SetUpRegistry>().RunAsync(token, request, cancellationToken));
        return password;
    }

    private static async Task<int> PublishAsync(IServiceProvider scope, string path, CancellationToken cancellationToken)
    {
        var file = AgreementFile.Read(await File.ReadAllTextAsync(path, cancellationToken));
        if (file.Mistakes is [var mistake, ..])
        {
            throw new InvalidDataException($"{path}, line {mistake.Line}: {mistake.Sentence}");
        }

        return Expect<PublishAgreementOutcome.Published>(await scope.GetRequiredService<PublishAgreement>().RunAsync(file.Draft, cancellationToken)).Number;
    }

    private static async Task<Guid> CreateAsync(IServiceProvider scope, SampleOrganization organization, CancellationToken cancellationToken) =>
        Expect<CreateOrganizationOutcome.Created>(
            await scope.GetRequiredService<CreateOrganization>().RunAsync(New(organization), cancellationToken)).OrganizationId;

    private static async Task<DemoAccount> CreateAsync(IServiceProvider scope, SamplePerson person, CancellationToken cancellationToken)
    {
        var created = Expect<CreateAccountOutcome.Created>(
            await scope.GetRequiredService<CreateAccount>().RunAsync(person.Organization.Code, New(person), cancellationToken));
        return person.IsNew
            ? person.With(created.TemporaryPassword, authenticatorKey: null)
            : await SignInFirstAsync(scope, person, created.TemporaryPassword, cancellationToken);
    }

    private static async Task<DemoAccount> SignInFirstAsync(
        IServiceProvider scope, SamplePerson person, string password, CancellationToken cancellationToken)
    {
        var name = New(person).SignInName(scope.GetRequiredService<PolicyBook>().Everywhere.Identifier);
        var own = await ActivatorUtilities.CreateInstance<FirstSignIn>(scope).RunAsync(person.Audience, person.Organization.Code, name, password, cancellationToken);
        return person.With(own.Password, own.AuthenticatorKey);
    }

    private static OrganizationDetails New(SampleOrganization organization) =>
        new(organization.Code, organization.Name, organization.Type, SampleOrganization.TimeZone);

    private static NewAccount New(SamplePerson person) =>
        new(person.Username, person.GivenName, person.FamilyName, person.Email, person.Roles, Audience: person.Audience);

    /// <summary>The samples are right by construction: anything but success is a mistake in the demo itself.</summary>
    internal static T Expect<T>(object outcome) => outcome is T success ? success : throw new UnreachableException(outcome.ToString());
}
