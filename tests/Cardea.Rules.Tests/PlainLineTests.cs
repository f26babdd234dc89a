using CsCheck;
using Xunit;
using static Cardea.Rules.PlainLineRefusal;

namespace Cardea.Rules.Tests;

[Scenario("A-11", "A-18", "V1.3.3")]
public class PlainLineTests
{
    private const int Longest = 10;

    [Theory]
    [InlineData("Riverside")]
    [InlineData("Nguyễn Văn")]
    [InlineData("O'Brien-Ó")]
    [InlineData("李小龍")]
    [InlineData("  Amina  ")]
    public void A_name_in_any_script_is_accepted(string name) => Assert.Null(PlainLine.Check(name, Longest));

    [Theory]
    [InlineData(null, Missing)]
    [InlineData("", Missing)]
    [InlineData("   ", Missing)]
    [InlineData("12345678901", TooLong)]
    [InlineData("a\r\nBcc: b", ForbiddenCharacter)]
    [InlineData("a\tb", ForbiddenCharacter)]
    [InlineData("a\0b", ForbiddenCharacter)]
    [InlineData("a\u2028b", ForbiddenCharacter)]
    [InlineData("\u202eanima", ForbiddenCharacter)]
    [InlineData("am\u200bina", ForbiddenCharacter)]
    [InlineData("a\ue000", ForbiddenCharacter)]
    [InlineData("a\ud83d", ForbiddenCharacter)]
    public void Another_line_is_refused_with_its_reason(string? line, PlainLineRefusal refusal) =>
        Assert.Equal(refusal, PlainLine.Check(line, Longest));

    [Fact]
    public void A_name_counts_as_it_is_stored_however_it_was_typed() =>
        Assert.Null(PlainLine.Check(string.Concat(Enumerable.Repeat("\u03b1\u0313\u0300\u0345", Longest)), Longest));

    [Fact, Scenario("A-17")]
    public void A_flood_is_too_long_whatever_it_is_made_of() => Assert.Equal(TooLong, PlainLine.Check(new string('\u0301', 1_000_000), Longest));

    [Fact]
    public void What_is_accepted_is_one_line_and_stays_as_it_is() =>
        Texts.Any.Where(text => PlainLine.Check(text, 200) is null).Sample(text =>
        {
            var line = PlainLine.Normalize(text);
            Assert.DoesNotContain(line, char.IsControl);
            Assert.Equal(line, PlainLine.Normalize(line));
        });
}
