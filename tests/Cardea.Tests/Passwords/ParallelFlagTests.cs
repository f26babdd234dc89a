using Cardea.Features.Passwords;
using Cardea.Tests.Recovery;
using Cardea.Tests.SecondFactors;

namespace Cardea.Tests.Passwords;

/// <summary>Flags, changes and sign-ins of one password at the same moment, on two nodes.</summary>
[Scenario("X-03", "N-04", "V15.4.1")]
public sealed class ParallelFlagTests(NodePairs nodes) : IClassFixture<NodePairs>
{
    private const string NewPassword = "Quiet#Lantern88";

    [Theory, EachDatabase]
    public async Task Whichever_comes_first_a_flagged_password_opens_nothing_and_a_new_one_is_not_flagged(Database database)
    {
        var (first, second) = await nodes.OnAsync(database);
        var clinic = await first.AddOrganizationAsync();
        for (var round = 0; round < 6; round++)
        {
            var amina = await first.AddPersonAsync(organization: clinic);
            using var changer = await first.SignInAsync(amina);
            await changer.OpenAsync("/account/password");
            first.Clock.Advance(TimeSpan.FromMinutes(1));
            changer.Fill("Current Password", amina.Password);

            var changing = Task.Run(() => changer.ChooseAsync(NewPassword), TestContext.Current.CancellationToken);
            var signingIn = Task.Run(() => second.SignInAsync(amina), TestContext.Current.CancellationToken);
            Task<FlagCompromisedPasswordOutcome>[] flagging = [Flagging(second, amina, round), Flagging(first, amina, round)];
            await Task.WhenAll([changing, signingIn, .. flagging]);

            var (setAt, compromisedAt) = await first.ReadAsync(async db =>
            {
                var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == amina.Id);
                return (account.PasswordSetAt, account.PasswordCompromisedAt);
            });
            var wasChanged = setAt == first.Clock.GetUtcNow();
            var outcomes = flagging.Select(one => one.Result).ToList();
            Assert.Equal(compromisedAt is null ? 0 : 1, outcomes.Count(outcome => outcome is FlagCompromisedPasswordOutcome.Flagged));
            Assert.All(
                outcomes.Where(outcome => outcome is FlagCompromisedPasswordOutcome.WasJustReplaced), _ => Assert.True(wasChanged));
            using var late = await signingIn;
            await late.OpenAsync("/account");
            Assert.StartsWith("/sign-in", late.Url, StringComparison.Ordinal);
            await changer.OpenAsync("/account");
            Assert.Equal(compromisedAt is null, changer.Url == "/account");
        }
    }

    /// <summary>Earlier or later with each round, so that they meet at different places.</summary>
    private static Task<FlagCompromisedPasswordOutcome> Flagging(CardeaApp node, TestPerson person, int round) => Task.Run(async () =>
    {
        for (var step = 0; step < round; step++)
        {
            await node.ReadAsync(db => db.Accounts.AnyAsync(a => a.Id == person.Id));
        }

        return await node.RunAsync((FlagCompromisedPassword flag) => flag.RunAsync(new(person.Id, person.Organization.Id), "A race", CancellationToken.None));
    });
}
