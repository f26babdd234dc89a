using Cardea.Rules.SecondFactors;
using CsCheck;
using Xunit;

namespace Cardea.Rules.Tests.SecondFactors;

[Scenario("S1-12")]
public class RecoveryCodeRulesTests
{
    private static readonly RecoveryCode Third = RecoveryCodeRules.New(3, "K7QXYZ012345678");

    [Fact]
    public void It_is_shown_in_groups_that_can_be_read_out() => Assert.Equal("3K7Q-XYZ0-1234-5678", RecoveryCodeRules.Shown(Third));

    [Theory]
    [InlineData("3K7Q-XYZ0-1234-5678")]
    [InlineData(" 3k7qxyz012345678 ")]
    [InlineData("3K7Q XYZO I234 5678")]   // O for 0, I for 1
    [InlineData("3K7Q XYZ0 l234 5678")]
    public void However_it_is_written_it_is_the_same(string typed) => Assert.Equal(Third, RecoveryCodeRules.Read(typed));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("3K7Q-XYZ0-1234-567")]
    [InlineData("3K7Q-XYZ0-1234-56789")]
    [InlineData("3K7Q-XYZ0-1234-567U")]   // no letter of the alphabet
    [InlineData("3K7Q-XYZ0-1234-567ß")]
    [InlineData("AK7Q-XYZ0-1234-5678")]   // there is no eleventh
    [InlineData("123456")]
    public void What_cannot_be_one_is_none(string? typed) => Assert.Null(RecoveryCodeRules.Read(typed));

    [Fact, Scenario("A-17")]
    public void A_flood_is_no_code() => Assert.Null(RecoveryCodeRules.Read("3K7Q-XYZ0-1234-5678" + new string(' ', 1_000_000)));

    [Fact]
    public void What_is_shown_is_read_back() =>
        Gen.Select(Gen.Int[0, RecoveryCodeRules.Codes - 1], Gen.String[Gen.Char[RecoveryCodeRules.Alphabet], 15, 15])
            .Sample((position, chance) => RecoveryCodeRules.New(position, chance) is var code && RecoveryCodeRules.Read(RecoveryCodeRules.Shown(code)) == code);
}
