using Cardea.Rules.OneTimeCodes;
using Xunit;

namespace Cardea.Rules.Tests.OneTimeCodes;

[Scenario("S2-07")]
public class OneTimeCodeRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("012345", "012345")]
    [InlineData(" 012 345 ", "012345")]
    [InlineData("012-345", "012345")]
    [InlineData("012\u00a0345\t", "012345")]
    [InlineData("０１２３４５", "012345")]
    [InlineData("٠١٢٣٤٥", "012345")]
    [InlineData("01234", null)]
    [InlineData("0123456", null)]
    [InlineData("01234a", null)]
    [InlineData("²12345", null)]
    [InlineData("+12345", null)]
    [InlineData("", null)]
    [InlineData("   ", null)]
    [InlineData(null, null)]
    public void A_code_is_read_however_its_six_digits_are_written(string? typed, string? code) => Assert.Equal(code, OneTimeCodeRules.Read(typed));

    [Fact, Scenario("A-17")]
    public void A_flood_is_no_code() => Assert.Null(OneTimeCodeRules.Read("012345" + new string(' ', 1_000_000)));

    [Fact]
    public void The_first_code_is_sent_at_once() => Assert.Null(OneTimeCodeRules.WaitBeforeNext([], Noon));

    [Theory]
    [InlineData(0, 30)]
    [InlineData(29, 1)]
    [InlineData(30, null)]
    public void The_next_one_waits_thirty_seconds(int secondsLater, int? wait) =>
        Assert.Equal(wait, OneTimeCodeRules.WaitBeforeNext([new(1, Noon, Noon)], Noon.AddSeconds(secondsLater))?.TotalSeconds);

    [Theory, Scenario("V6.6.3")]
    [InlineData(4, 10, null)]
    [InlineData(5, 10, 50)]
    [InlineData(5, 59, 1)]
    [InlineData(5, 60, null)]
    public void Five_codes_are_all_that_an_hour_has(int sent, int minutesLater, int? wait) =>
        Assert.Equal(wait, OneTimeCodeRules.WaitBeforeNext([new(sent, Noon, Noon.AddMinutes(5))], Noon.AddMinutes(minutesLater))?.TotalMinutes);

    /// <summary>By another server, whose clock is ahead: it counts. By this one, before its clock was set back: nobody waits a day for that.</summary>
    [Theory, Scenario("V6.6.3")]
    [InlineData(-1, 31d)]
    [InlineData(-300, 330d)]
    [InlineData(-301, null)]
    public void What_was_sent_in_the_future_counts_as_far_as_servers_differ(int secondsLater, double? wait) =>
        Assert.Equal(wait, OneTimeCodeRules.WaitBeforeNext([new(1, Noon, Noon)], Noon.AddSeconds(secondsLater))?.TotalSeconds);

    [Fact, Scenario("V6.6.3")]
    public void An_hour_that_begins_in_the_future_is_another_one()
    {
        CodesSent five = new(OneTimeCodeRules.CodesAnHour, Noon, Noon);
        var (ahead, setBack) = (Noon.AddMinutes(-5), Noon.AddMinutes(-5).AddTicks(-1));

        Assert.Equal(TimeSpan.FromMinutes(65), OneTimeCodeRules.WaitBeforeNext([five], ahead));
        Assert.Null(OneTimeCodeRules.WaitBeforeNext([five], setBack));
        Assert.Equal(6, OneTimeCodeRules.WithOneMore(five, ahead).Count);
        Assert.Equal(new(1, setBack, setBack), OneTimeCodeRules.WithOneMore(five, setBack));
    }

    [Fact, Scenario("V6.6.3")]
    public void All_sign_ins_of_an_account_share_the_five()
    {
        CodesSent before = new(9, Noon.AddHours(-1), Noon.AddMinutes(-10)), one = new(2, Noon.AddMinutes(-40), Noon.AddMinutes(-35));

        Assert.Null(OneTimeCodeRules.WaitBeforeNext([before, one, new(2, Noon.AddMinutes(-20), Noon.AddMinutes(-15))], Noon));
        Assert.Equal(TimeSpan.FromMinutes(20), OneTimeCodeRules.WaitBeforeNext([before, one, new(3, Noon.AddMinutes(-20), Noon.AddMinutes(-15))], Noon));
        Assert.Equal(TimeSpan.FromSeconds(25), OneTimeCodeRules.WaitBeforeNext([one, new(1, Noon.AddSeconds(-5), Noon.AddSeconds(-5))], Noon));
    }

    [Fact]
    public void Codes_are_counted_from_the_first_of_their_hour()
    {
        var first = OneTimeCodeRules.WithOneMore(null, Noon);
        Assert.Equal(new(1, Noon, Noon), first);

        var second = OneTimeCodeRules.WithOneMore(first, Noon.AddMinutes(59));
        Assert.Equal(new(2, Noon, Noon.AddMinutes(59)), second);

        Assert.Equal(new(1, Noon.AddMinutes(60), Noon.AddMinutes(60)), OneTimeCodeRules.WithOneMore(second, Noon.AddMinutes(60)));
    }
}
