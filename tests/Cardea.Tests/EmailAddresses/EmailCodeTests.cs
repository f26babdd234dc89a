using Cardea.Features.EmailAddresses;

namespace Cardea.Tests.EmailAddresses;

public sealed class EmailCodeTests
{
    [Fact]
    [Scenario("V6.5.3", "V6.5.4")]
    public void Every_digit_is_as_likely_as_any_other_in_every_place_the_first_included()
    {
        const int Codes = 20_000;
        var codes = Enumerable.Range(0, Codes).Select(_ => EmailCode.New()).ToList();

        Assert.All(codes, code => Assert.Matches("^[0-9]{6}$", code));
        foreach (var place in Enumerable.Range(0, 6))
        {
            // Expected 2000 of each with a standard deviation of 42; eight of those are never seen by chance.
            Assert.All("0123456789", digit => Assert.InRange(codes.Count(code => code[place] == digit), 1660, 2340));
        }
    }
}
