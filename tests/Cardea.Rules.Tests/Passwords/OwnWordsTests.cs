using Cardea.Rules.Passwords;
using CsCheck;
using Xunit;

namespace Cardea.Rules.Tests.Passwords;

[Scenario("S2-13", "V6.1.2", "V6.2.11", "K-05")]
public class OwnWordsTests
{
    private static readonly string[] Words = ["CLN-42", "amina.diallo", "Amina", "Díallo", "Cardea", "van den Berg", "Li", "100234", "", "--"];

    private static bool IsRefused(string candidate, params string[] ownWords) =>
        PasswordRules.Check(candidate, Policies.Nist, ownWords.Length > 0 ? ownWords : Words, _ => false)
            .Contains(PasswordRefusal.ContainsOwnWord);

    [Theory]
    [InlineData("amina")]
    [InlineData("AMINA")]
    [InlineData("Amina2026")]
    [InlineData("2026amina")]
    [InlineData("!!Amina_2026!!")]
    [InlineData("Amina-12345678901234567890")]
    [InlineData("a.m.i.n.a")]
    [InlineData("CLN-42")]
    [InlineData("cln42#2026")]
    [InlineData("CLN-4299")]
    [InlineData("Cardea 2026 ?")]
    [InlineData("Vandenberg-77")]
    [InlineData("Di\u0301allo-2026")]
    [InlineData("dÍallo")]
    [InlineData("li-2026")]
    public void An_own_word_with_nothing_but_digits_and_signs_around_it_is_refused(string candidate) => Assert.True(IsRefused(candidate));

    [Theory]
    [InlineData("AminaAmina2026")]
    [InlineData("Amina2026Díallo!")]
    [InlineData("Cardea-CLN-42-amina")]
    public void Own_words_side_by_side_are_no_better(string candidate) => Assert.True(IsRefused(candidate));

    [Theory]
    [InlineData("annabella")]
    [InlineData("annabbella")]
    public void Every_way_to_read_the_words_is_tried(string candidate) => Assert.True(IsRefused(candidate, "annab", "ann", "abella", "bella"));

    [Theory]
    [InlineData("Amina likes doors")]
    [InlineData("xAmina2026")]
    [InlineData("Amina2026x")]
    [InlineData("aminas-7-hinges")]
    [InlineData("Am1na-2026")]
    [InlineData("2026-!-2026")]
    [InlineData("Diallo-2026")]
    [InlineData("????????")]
    [InlineData("")]
    public void A_password_that_merely_contains_an_own_word_is_fine(string candidate) => Assert.False(IsRefused(candidate));

    [Theory]
    [InlineData("100234", true)]
    [InlineData("100234-2026", true)]
    [InlineData("2026/100234!!", true)]
    [InlineData("100234-20261", false)]
    [InlineData("48151-100234-623", false)]
    public void A_code_of_digits_is_its_own_word_until_the_digits_around_it_are_more_than_a_year(string candidate, bool refused) =>
        Assert.Equal(refused, IsRefused(candidate));

    [Fact]
    public void No_trivial_affix_and_no_change_of_case_saves_an_own_word()
    {
        var affix = Gen.Char["0123456789!?#-_. "].Array[0, 12].Select(characters => new string(characters));
        var word = Gen.Char['a', 'z'].Array[1, 12].Select(letters => new string(letters));

        Gen.Select(affix, word, Gen.Bool, affix).Sample((before, own, upper, after) =>
            Assert.True(IsRefused(before + (upper ? own.ToUpperInvariant() : own) + after, own)));
    }

    [Fact]
    public void A_strange_letter_always_saves_it()
    {
        Gen.Char['a', 'y'].Array[1, 12].Select(letters => new string(letters))
            .Sample(own => Assert.False(IsRefused(own + "z" + own, own)));
    }

    [Fact, Scenario("A-17", "A-18")]
    public void Any_words_and_any_password_get_an_answer() =>
        Gen.Select(Texts.Any, Texts.Any).Sample((candidate, own) =>
            Assert.Equal(IsRefused(candidate, own), IsRefused(candidate, own, own)));
}
