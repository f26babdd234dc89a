using Cardea.Features.Accounts;
using Cardea.Rules.Permissions;
using Cardea.Tests.CommandLine;

namespace Cardea.Tests.Accounts;

[Scenario("S2-04")]
public sealed class NamesOnFileTests
{
    /// <summary>Without this everybody would be told "Invalid credentials", and nobody why.</summary>
    [Theory]
    [EachDatabase("miic", "OrganizationCodeAndUsername", "nist", "EmailAddress")]
    [EachDatabase("clinical-portal", "Username", "clinic", "EmailAddress")]
    [EachDatabase("clinic", "EmailAddress", "miic", "OrganizationCodeAndUsername")]
    [EachDatabase("nist", "EmailAddress", "clinical-portal", "Username")]
    public async Task Under_another_identifier_nothing_starts(Database database, string preset, string before, string other, string now)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:Policy", preset));
        var organization = await app.AddOrganizationAsync();
        Assert.IsType<CreateAccountOutcome.Created>(await app.RunAsync<CreateAccount, CreateAccountOutcome>(create => create.RunAsync(
            organization.Code, new("amina", "Amina", "Diallo", "amina@clinic.example", Roles.Standard), TestContext.Current.CancellationToken)));
        var sentence = $"Cardea:SignIn:Identifier is {now}, but people in this database sign in by {before}: set it, or Cardea:Policy, as it was before.";

        var server = await app.CommandAsync("run", CardeaCommands.InThisProcess, "--urls=http://127.0.0.1:0", $"--Cardea:Policy={other}");
        Assert.Equal((78, $"Cardea cannot start: {sentence}"), (server.ExitCode, server.Problems.Single()));

        var command = await app.CommandAsync("accounts", "enable", "--organization", organization.Code, "--username", "amina", $"--Cardea:Policy={other}");
        Assert.Equal((1, sentence), (command.ExitCode, command.Problems.Single()));
    }
}
