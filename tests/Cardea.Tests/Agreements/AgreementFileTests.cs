using Cardea.Features.Agreements;
using Cardea.Rules.Agreements;

namespace Cardea.Tests.Agreements;

[Scenario("S2-05", "S0-17")]
public sealed class AgreementFileTests
{
    private const string Good =
        """
        Kind: administrator

        ===
        Language: en
        Title: Agreement

        # Heading

        First paragraph,
        second line.

        ==========
        Title: Acuerdo
        Language: es

        Palabras.
        ===
        language: fr
        title: Accord

        Mots.
        """;

    [Fact]
    public void A_file_that_people_write_by_hand_is_understood()
    {
        var file = AgreementFile.Read(Good);

        Assert.Empty(file.Mistakes);
        Assert.Equal(AgreementKind.Administrator, file.Draft.Kind);
        Assert.Equal(
            [
                new("en", "Agreement", "# Heading\n\nFirst paragraph,\nsecond line."),
                new("es", "Acuerdo", "Palabras."),
                new("fr", "Accord", "Mots."),
            ],
            file.Draft.Texts);
    }

    [Fact]
    public void Line_ends_and_spaces_at_their_ends_make_no_other_text() =>
        Assert.Equal(AgreementFile.Read(Good).Draft.Texts, AgreementFile.Read(Good.Replace("\n", "  \r\n", StringComparison.Ordinal)).Draft.Texts);

    [Theory]
    [InlineData("Kind: administrator", "Kind: guest", 1, "Begin with \"Kind: User\" or \"Kind: Administrator\".")]
    [InlineData("Kind: administrator", "Kind: 1", 1, "Begin with \"Kind: User\" or \"Kind: Administrator\".")]
    [InlineData("Kind: administrator", "", 1, "Begin with \"Kind: User\" or \"Kind: Administrator\".")]
    [InlineData("Kind: administrator", "Kind: administrator\nVersion: 2", 2, "Here stand \"Kind:\" only, then an empty line.")]
    [InlineData("Language: en\n", "Language: de\n", 4, "Say which language this text is in: \"Language:\" and one of en, es, fr.")]
    [InlineData("Language: en\n", "", 4, "Say which language this text is in: \"Language:\" and one of en, es, fr.")]
    [InlineData("Language: en\n", "Language: en\nLanguage: en\n", 5, "\"Language:\" was given before.")]
    [InlineData("Title: Agreement\n", "", 4, "Give the text a title: \"Title:\" and at most 120 characters.")]
    [InlineData("Title: Agreement\n", "Titel: Agreement\n", 5, "Here stand \"Language:\" and \"Title:\" only, then an empty line.")]
    [InlineData("Language: es\n", "Language: fr\n", 18, "There is a text in \"fr\" already.")]
    [InlineData("Palabras.", "", 16, "The text itself is missing: it follows the title after an empty line.")]
    [InlineData("Palabras.", "Pala\u0007bras.", 16, "There is a control character, which nobody can read.")]
    [InlineData("language: fr\ntitle: Accord\n\nMots.", "", 18, "The text in \"fr\" is missing.")]
    public void A_mistake_is_told_with_its_line(string right, string wrong, int line, string sentence) =>
        Assert.Contains(new AgreementFileMistake(line, sentence), AgreementFile.Read(Good.Replace(right, wrong, StringComparison.Ordinal)).Mistakes);

    [Theory]
    [InlineData("")]
    [InlineData("===")]
    [InlineData("\0\0\0")]
    [InlineData("===\n===\n===\n===")]
    [InlineData(":\n=\n::")]
    public void What_is_no_agreement_at_all_is_refused(string content) => Assert.NotEmpty(AgreementFile.Read(content).Mistakes);

    [Fact]
    public async Task The_texts_of_the_demonstration_are_complete()
    {
        foreach (var (path, kind) in new[] { (DemoAgreements.User, AgreementKind.User), (DemoAgreements.Administrator, AgreementKind.Administrator) })
        {
            var file = AgreementFile.Read(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));

            Assert.Empty(file.Mistakes);
            Assert.Equal(kind, file.Draft.Kind);
            Assert.Single(file.Draft.Texts.Select(text => AgreementParagraph.AllOf(text.Body).Count(paragraph => paragraph.IsHeading)).Distinct());
        }
    }
}
