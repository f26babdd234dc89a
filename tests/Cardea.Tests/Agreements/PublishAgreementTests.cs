using System.Security.Cryptography;
using System.Text;
using Cardea.Features.Agreements;
using Cardea.Hosting;
using Cardea.Rules.Agreements;

namespace Cardea.Tests.Agreements;

[Scenario("S2-05", "S2-15")]
public sealed class PublishAgreementTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    [Theory, EachDatabase]
    public async Task Versions_are_counted_within_their_kind_and_carry_the_hash_of_their_words(Database database)
    {
        var app = await BeginAsync(database);
        var begun = app.BeginAnew();

        Assert.Equal(1, Number(await PublishAsync(app, Draft(AgreementKind.User, "First words"))));
        Assert.Equal(2, Number(await PublishAsync(app, Draft(AgreementKind.User, "Other words"))));
        Assert.Equal(1, Number(await PublishAsync(app, Draft(AgreementKind.Administrator, "First words"))));

        var texts = await app.ReadAsync(db => db.AgreementTexts.ToListAsync());
        Assert.Equal(9, texts.Count);
        Assert.All(texts, text => Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Title + "\n" + text.Body))), text.Hash));
        Assert.Equal(3, (await app.AuditAsync()).Count(entry => entry.At >= begun && entry.Name == "agreement.published.v1"));
    }

    [Theory, EachDatabase]
    public async Task What_is_in_force_word_for_word_is_not_published_again(Database database)
    {
        var app = await BeginAsync(database);
        await PublishAsync(app, Draft(AgreementKind.User, "First words"));

        Assert.Equal(new PublishAgreementOutcome.Unchanged(1), await PublishAsync(app, Draft(AgreementKind.User, "First words")));
        Assert.Equal(1, await app.ReadAsync(db => db.AgreementVersions.CountAsync()));
    }

    [Theory]
    [EachDatabase(0)]
    [EachDatabase(1)]
    [EachDatabase(2)]
    public async Task All_languages_are_needed_once(Database database, int missing)
    {
        var app = await BeginAsync(database);
        var texts = Draft(AgreementKind.User, "Words").Texts.ToList();
        var language = texts[missing].Language;

        texts[missing] = texts[missing] with { Body = " " };
        Assert.Equal(new PublishAgreementOutcome.Incomplete(language), await PublishAsync(app, new(AgreementKind.User, texts)));
        texts.RemoveAt(missing);
        Assert.Equal(new PublishAgreementOutcome.Incomplete(language), await PublishAsync(app, new(AgreementKind.User, texts)));
        Assert.Equal(0, await app.ReadAsync(db => db.AgreementVersions.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task Of_two_who_publish_at_once_none_replaces_the_other_unseen(Database database)
    {
        var app = await BeginAsync(database);

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 4).Select(one => Task.Run(() => PublishAsync(app, Draft(AgreementKind.User, $"Words {one}")))));

        var numbers = await app.ReadAsync(db => db.AgreementVersions.OrderBy(version => version.Number).Select(version => version.Number).ToListAsync());
        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
        Assert.Equal(numbers.Count, outcomes.OfType<PublishAgreementOutcome.Published>().Count());
        Assert.Equal(outcomes.Length, numbers.Count + outcomes.OfType<PublishAgreementOutcome.Overtaken>().Count());
    }

    /// <summary>Nothing is published: what other tests did is taken away.</summary>
    private async Task<CardeaApp> BeginAsync(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.WriteAsync(db => db.AgreementVersions.ExecuteDeleteAsync());
        return app;
    }

    private static AgreementDraft Draft(AgreementKind kind, string words) =>
        new(kind, [.. Languages.All.Select(language => new AgreementDraftText(language, $"Title {language}", $"{words} ({language})"))]);

    private static Task<PublishAgreementOutcome> PublishAsync(CardeaApp app, AgreementDraft draft) =>
        app.RunAsync<PublishAgreement, PublishAgreementOutcome>(publish => publish.RunAsync(draft, CancellationToken.None));

    private static int Number(PublishAgreementOutcome outcome) => Assert.IsType<PublishAgreementOutcome.Published>(outcome).Number;
}
