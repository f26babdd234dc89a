using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cardea.Hosting;
using static Cardea.Tests.Documents.Documents;

namespace Cardea.Tests.Hosting;

/// <summary>English, Spanish, French, each complete: read from the files that translators work with.</summary>
[Scenario("S0-17")]
public sealed partial class WordsTests
{
    /// <summary>The same in two languages because they are names, signs or words that both have.</summary>
    private static readonly string[] MayBeTheSame = ["Contact", "QuestionNumber", "Web"];

    /// <summary>The frame of every page, and the mails, which each feature writes for itself.</summary>
    private static readonly string[] EverybodysWords = ["Shared", "Messages"];

    private static readonly string Features = Path.Combine(Root, "src/Cardea/Features");

    private static readonly IReadOnlyList<string> English =
        [.. Directory.GetFiles(Features, "*.resx", SearchOption.AllDirectories).Where(file => !Languages.All.Any(language => file.EndsWith($".{language}.resx", StringComparison.Ordinal)))];

    public static TheoryData<string> Files => new(English.Select(file => Path.GetRelativePath(Features, file)));

    [Theory, MemberData(nameof(Files))]
    public void Every_text_is_there_in_every_language_with_the_same_places_to_fill_in(string file)
    {
        var english = Read(file);
        Assert.NotEmpty(english);
        foreach (var language in Languages.All.Where(language => language != "en"))
        {
            var translated = Read(Path.ChangeExtension(file, $"{language}.resx"));

            Assert.Equal(english.Keys.Order(), translated.Keys.Order());
            Assert.All(translated, text => Assert.False(string.IsNullOrWhiteSpace(text.Value), $"{text.Key} is empty in {language}."));
            Assert.All(translated, text => Assert.True(Places(text.Value).SetEquals(Places(english[text.Key])), $"{text.Key} in {language}: {text.Value}"));
            Assert.All(
                translated.Where(text => !MayBeTheSame.Contains(text.Key)),
                text => Assert.True(text.Value != english[text.Key], $"{text.Key} is not translated into {language}: {text.Value}"));
        }
    }

    /// <summary>A key without its text would be shown to people as it is.</summary>
    [Fact]
    public void Every_word_that_a_page_or_an_operation_asks_for_is_there()
    {
        var ofAll = EverybodysWords.SelectMany(folder => Read($"{folder}/Words.resx").Keys).ToList();
        var missing =
            from folder in Directory.GetDirectories(Features)
            let known = TextsOf(folder).Concat(ofAll).ToHashSet()
            from file in Sources(folder)
            from Match asked in Asked().Matches(File.ReadAllText(file))
            from Match literal in Literal().Matches(asked.Groups["what"].Value)
            where !(literal.Groups["interpolated"].Success ? known.Any(key => Pattern(literal).IsMatch(key)) : known.Contains(literal.Groups["text"].Value))
            select $"{Path.GetRelativePath(Features, file)}: {literal.Value}";

        Assert.Empty(missing);
    }

    /// <summary>What no source mentions is translated, and read by reviewers, for nobody.</summary>
    [Fact]
    public void No_word_is_left_over()
    {
        var everywhere = string.Join('\n', Sources(Features).Select(File.ReadAllText));
        var leftOver =
            from folder in Directory.GetDirectories(Features)
            let sources = EverybodysWords.Contains(Path.GetFileName(folder)) ? everywhere : string.Join('\n', Sources(folder).Select(File.ReadAllText))
            let literals = Literal().Matches(sources)
            let plain = literals.Where(literal => !literal.Groups["interpolated"].Success).Select(literal => literal.Groups["text"].Value).ToHashSet()
            let patterns = literals.Where(literal => literal.Groups["interpolated"].Success && literal.Groups["text"].Value.Any(char.IsLetter)).Select(Pattern).ToList()
            from key in TextsOf(folder)
            where !plain.Contains(key) && !patterns.Any(pattern => pattern.IsMatch(key))
            select $"{Path.GetFileName(folder)}: {key}";

        Assert.Empty(leftOver);
    }

    private static Dictionary<string, string> Read(string file) =>
        XDocument.Load(Path.Combine(Features, file)).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static IEnumerable<string> TextsOf(string folder) =>
        English.Where(file => file.StartsWith(folder + "/", StringComparison.Ordinal)).SelectMany(file => Read(Path.GetRelativePath(Features, file)).Keys);

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs*", SearchOption.AllDirectories).Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".cshtml", StringComparison.Ordinal));

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(place => place.Value)];

    /// <summary>$"Step{name}" stands for every key that begins with Step.</summary>
    private static Regex Pattern(Match literal) => new($"^{string.Join(".+", Hole().Split(literal.Groups["text"].Value).Select(Regex.Escape))}$");

    [GeneratedRegex(@"\{\d+[^}]*\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\b([Ww]ords\[|Say\()(?<what>[^\],)]*)")]
    private static partial Regex Asked();

    [GeneratedRegex("(?<interpolated>\\$)?\"(?<text>[\\w.\\-{}]+)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();
}
