using Cardea.Features.SecondFactors;
using Cardea.Features.SecondFactors.Authenticators;
using Cardea.Features.SecondFactors.Recovery;
using Cardea.Features.Sessions;
using Cardea.Rules.SecondFactors;

namespace Cardea.Tests.SecondFactors;

/// <summary>A limit above the number of those who all send one code, of whom all but one fail.</summary>
public sealed class ManyFailuresNodePairs : NodePairs
{
    protected override IEnumerable<(string Key, string Value)> Settings => [.. base.Settings, ("Cardea:SignIn:FailuresBeforeLock", "20")];
}

/// <summary>Many codes at once, through two nodes on one database, each in a session of its own: all know the password.</summary>
[Scenario("A-02", "A-03", "V6.5.1", "V6.6.3", "V2.3.4", "V15.4.1")]
public sealed class ParallelCodeTests(ManyFailuresNodePairs nodes) : IClassFixture<ManyFailuresNodePairs>
{
    private const int Limit = 20;

    [Theory, EachDatabase]
    public async Task No_more_guesses_are_evaluated_than_the_limit(Database database)
    {
        var (first, second) = await nodes.OnAsync(database);
        var amina = await first.AddPersonAsync();
        var phone = await first.AddAuthenticatorAsync(amina);
        var wrong = phone.WrongCode();

        var outcomes = await AtOnceAsync(first, second, amina, howMany: 4, triesEach: 25, (node, person) => ProveAsync(node, person, wrong));

        Assert.Equal(Limit, outcomes.Count(outcome => outcome is ProveOutcome.NotAccepted));
        Assert.Equal(100 - Limit, outcomes.Count(outcome => outcome is ProveOutcome.Locked));
        Assert.Equal(Limit, await first.ReadAsync(db => db.FactorTries.Where(t => t.AccountId == amina.Id).Select(t => t.Failures).SingleAsync()));
    }

    [Theory, EachDatabase]
    public async Task One_code_lets_one_in(Database database)
    {
        var (first, second) = await nodes.OnAsync(database);
        var amina = await first.AddPersonAsync();
        var code = (await first.AddAuthenticatorAsync(amina)).Code();

        var outcomes = await AtOnceAsync(first, second, amina, howMany: 8, triesEach: 1, (node, person) => ProveAsync(node, person, code));

        Assert.Equal((1, 7), (outcomes.Count(outcome => outcome is ProveOutcome.Proven), outcomes.Count(outcome => outcome is ProveOutcome.NotAccepted)));
        Assert.Equal(1, await first.ReadAsync(db => db.Sessions.CountAsync(s => s.AccountId == amina.Id && s.SecondFactorAt != null)));
    }

    [Theory, EachDatabase]
    public async Task One_recovery_code_lets_one_in(Database database)
    {
        var (first, second) = await nodes.OnAsync(database);
        var amina = await first.AddPersonAsync();
        await first.AddAuthenticatorAsync(amina);
        var code = RecoveryCodeRules.New(0, "AAAABBBBCCCCDDD");
        var hash = first.Services.GetRequiredService<Features.Passwords.PasswordHashes>().Hash(code.Text);
        await first.WriteAsync(db =>
        {
            db.Add(new RecoveryCodeHash { AccountId = amina.Id, Position = code.Position, CodeHash = hash, MadeAt = first.Clock.GetUtcNow() });
            return db.SaveChangesAsync();
        });

        var outcomes = await AtOnceAsync(first, second, amina, howMany: 8, triesEach: 1, (node, person) =>
            node.RunAsync<ProveByRecoveryCode, ProveOutcome>(prove => prove.RunAsync(person, code, "en", CancellationToken.None)));

        Assert.Equal((1, 7), (outcomes.Count(outcome => outcome is ProveOutcome.Proven), outcomes.Count(outcome => outcome is ProveOutcome.NotAccepted)));
        Assert.Single(await first.AuditAsync(), entry => entry.SubjectId == amina.Id && entry.Name == "recovery_code.used.v1");
    }

    private static Task<ProveOutcome> ProveAsync(CardeaApp node, SignedInPerson person, string code) =>
        node.RunAsync<ProveByAuthenticator, ProveOutcome>(prove => prove.RunAsync(person, code, CancellationToken.None));

    private static async Task<ProveOutcome[]> AtOnceAsync(
        CardeaApp first, CardeaApp second, TestPerson who, int howMany, int triesEach, Func<CardeaApp, SignedInPerson, Task<ProveOutcome>> act)
    {
        var people = new List<SignedInPerson>();
        foreach (var _ in Enumerable.Range(0, howMany))
        {
            using var browser = await first.SignInAsync(who);
            people.Add(await first.PersonOfAsync(browser));
        }

        return await Task.WhenAll(
            from number in Enumerable.Range(0, triesEach)
            from person in people
            select Task.Run(() => act((number + people.IndexOf(person)) % 2 == 0 ? first : second, person)));
    }
}
