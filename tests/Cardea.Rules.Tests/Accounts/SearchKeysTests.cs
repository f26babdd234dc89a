using Cardea.Rules.Accounts;
using CsCheck;
using Xunit;

namespace Cardea.Rules.Tests.Accounts;

[Scenario("S2-20")]
public class SearchKeysTests
{
    [Theory]
    [InlineData("Nguyễn Amélie", "nguyen amelie")]
    [InlineData("NGUYỄN AMÉLIE", "nguyen amelie")]   // decomposed, in capitals
    [InlineData("O’Brien", "obrien")]
    [InlineData("O'Brien", "obrien")]
    [InlineData("Mary-Jane", "mary jane")]
    [InlineData("  Nguyen,  Amina ", "nguyen amina")]
    [InlineData("Weiß", "weiss")]
    [InlineData("Sørensen", "sorensen")]
    [InlineData("Łukasz", "lukasz")]
    [InlineData("İpek", "ipek")]
    [InlineData("ﬁona", "fiona")]
    [InlineData("a.nguyen_1@clinic.example", "a.nguyen_1@clinic.example")]
    [InlineData("李 小龙", "李 小龙")]
    [InlineData("\u202Eמרים\u200F", "מרים")]
    [InlineData("", "")]
    [InlineData("\uD800x", "x")]
    public void Names_are_found_however_they_are_typed(string typed, string folded) => Assert.Equal(folded, SearchKeys.Fold(typed));

    [Fact]
    public void Folding_once_is_folding_for_good() =>
        Texts.Any.Sample(text => SearchKeys.Fold(SearchKeys.Fold(text)) == SearchKeys.Fold(text));

    [Fact]
    public void What_begins_with_a_text_is_in_its_range_and_nothing_else_is() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 0, 3], Gen.String[Gen.Char.AlphaNumeric, 0, 5]).Sample((prefix, text) =>
        {
            var (from, to) = SearchKeys.Range(prefix);
            var isIn = string.CompareOrdinal(text, from) >= 0 && string.CompareOrdinal(text, to) < 0;
            return isIn == text.StartsWith(prefix, StringComparison.Ordinal);
        });
}
