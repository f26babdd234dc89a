using Cardea.Features.Messages.Texts;
using CsCheck;
using static Cardea.Features.Messages.Texts.PhoneNumberRefusal;

namespace Cardea.Tests.Messages.Texts;

[Scenario("S1-04", "A-20")]
public sealed class PhoneNumberRulesTests
{
    private static readonly string[] Us = ["US"];

    /// <summary>With an exchange that can be; the rest is seven digits.</summary>
    private static readonly Gen<string> Line = Gen.Select(Gen.Int[2, 9], Gen.Int[0, 999_999], (first, rest) => $"{first}{rest:000000}");

    [Theory]
    [InlineData("(612) 555-0123")]
    [InlineData("6125550123")]
    [InlineData("612-555-0123")]
    [InlineData("612.555.0123")]
    [InlineData("612 555 0123")]
    [InlineData("612/555-0123")]
    [InlineData("16125550123")]
    [InlineData("1-612-555-0123")]
    [InlineData("+1 612-555-0123")]
    [InlineData("+1 (612) 555‑0123")]
    [InlineData("  (612)555-0123 ")]
    [InlineData("612\u00a0555\u00a00123")]
    [InlineData("６１２ ５５５ ０１２３")]
    [InlineData("＋１（６１２）５５５－０１２３")]
    [InlineData("\u202d+1 (612) 555-0123\u202c")]
    public void However_people_write_a_number_it_is_the_same(string typed) =>
        Assert.Equal(new PhoneNumberReading.Accepted("+16125550123"), PhoneNumberRules.Read(typed, Us));

    [Theory]
    [InlineData("+17875550123")]   // Puerto Rico
    [InlineData("+19395550123")]
    [InlineData("+13405550123")]   // Virgin Islands
    [InlineData("+16715550123")]   // Guam
    [InlineData("+16847331234")]   // American Samoa
    [InlineData("+16705550123")]   // Northern Marianas
    public void A_territory_is_the_United_States(string number)
    {
        Assert.Equal(new PhoneNumberReading.Accepted(number), PhoneNumberRules.Read(number, Us));
        Assert.Equal(new PhoneNumberReading.Refused(OtherCountry), PhoneNumberRules.Read(number, ["CA"]));
    }

    [Theory]
    [InlineData(null, Missing)]
    [InlineData("", Missing)]
    [InlineData(" \u200e ", Missing)]
    [InlineData("555-0123", NotANumber)]
    [InlineData("612-555-012", NotANumber)]
    [InlineData("612-555-01234", NotANumber)]
    [InlineData("(012) 555-0123", NotANumber)]
    [InlineData("+1 612-055-0123", NotANumber)]
    [InlineData("911", NotANumber)]
    [InlineData("12345", NotANumber)]
    [InlineData("amina@clinic.example", NotANumber)]
    [InlineData("1-612-FLOWERS", NotANumber)]
    [InlineData("612-555-0123 x45", NotANumber)]
    [InlineData("612-555-0123;ext=45", NotANumber)]
    [InlineData("tel:+16125550123", NotANumber)]
    [InlineData("6125550123,6515550100", NotANumber)]
    [InlineData("6125550123\n6515550100", NotANumber)]
    [InlineData("6125550123&To=+19005550123", NotANumber)]
    [InlineData("++16125550123", NotANumber)]
    [InlineData("+", NotANumber)]
    [InlineData("()", NotANumber)]
    [InlineData("٦١٢٥٥٥٠١٢٣", NotANumber)]
    [InlineData("\ud800", NotANumber)]
    [InlineData("+1 613-555-0123", OtherCountry)]   // Ottawa
    [InlineData("(242) 359-1234", OtherCountry)]    // Bahamas
    [InlineData("876-555-0123", OtherCountry)]      // Jamaica
    [InlineData("+1 809-555-0123", OtherCountry)]   // Dominican Republic
    [InlineData("+44 7400 123456", OtherCountry)]
    [InlineData("+52 55 1234 5678", OtherCountry)]
    [InlineData("800-555-0199", TollFree)]
    [InlineData("+1 (888) 555-0199", TollFree)]
    [InlineData("833-555-0199", TollFree)]
    [InlineData("900-555-0199", Premium)]
    [InlineData("+1 900 234 5678", Premium)]
    [InlineData("500-234-5678", Premium)]           // personal: follows its owner anywhere
    public void What_gets_no_texts_is_refused_with_its_reason(string? typed, PhoneNumberRefusal reason) =>
        Assert.Equal(new PhoneNumberReading.Refused(reason), PhoneNumberRules.Read(typed, Us));

    [Fact]
    public void Every_toll_free_and_premium_area_code_is_refused()
    {
        foreach (var code in new[] { 800, 833, 844, 855, 866, 877, 888 })
        {
            Assert.Equal(new PhoneNumberReading.Refused(TollFree), PhoneNumberRules.Read($"{code}2345678", Us));
        }

        Assert.Equal(new PhoneNumberReading.Refused(Premium), PhoneNumberRules.Read("9002345678", Us));
    }

    /// <summary>Those that share +1 with the United States, by the list of the North American Numbering Plan.</summary>
    [Fact]
    public void Every_area_code_of_the_Caribbean_and_of_Canada_is_another_country()
    {
        int[] caribbean = [242, 246, 264, 268, 284, 345, 441, 473, 649, 658, 664, 721, 758, 767, 784, 809, 829, 849, 868, 869, 876];
        int[] canada = [204, 226, 236, 249, 250, 289, 306, 343, 365, 403, 416, 418, 431, 437, 438, 450, 506, 514, 519, 548, 579, 581, 587, 604, 613, 639, 647, 705, 709, 778, 780, 782, 807, 819, 825, 867, 873, 902, 905];

        foreach (var code in caribbean.Concat(canada))
        {
            Assert.All(
                Enumerable.Range(2, 8).Select(exchange => PhoneNumberRules.Read($"+1{code}{exchange}345678", Us)),
                reading => Assert.True(reading is PhoneNumberReading.Refused { Reason: OtherCountry or NotANumber }, $"{code}: {reading}"));
        }
    }

    [Theory]
    [InlineData("+44 7400 123456", "+447400123456")]
    [InlineData("07400 123456", "+447400123456")]
    [InlineData("+1 612-555-0123", "+16125550123")]
    public void A_deployment_may_list_other_countries(string typed, string number) =>
        Assert.Equal(new PhoneNumberReading.Accepted(number), PhoneNumberRules.Read(typed, ["GB", "US"]));

    [Theory]
    [InlineData("+16125550123", "(612) 555-0123", "(•••) •••-••23")]
    [InlineData("+447400123456", "+44 7400 123456", "+•• •••• ••••56")]
    public void A_number_is_shown_in_groups_or_hidden_but_for_its_end(string number, string grouped, string masked)
    {
        Assert.Equal(grouped, PhoneNumberRules.Grouped(number));
        Assert.Equal(masked, PhoneNumberRules.Masked(number));
    }

    [Fact]
    public void Whatever_is_accepted_is_one_plain_number_that_reads_as_itself()
    {
        var sign = Gen.Frequency((6, Gen.OneOf("", " ", "-", ".", "(", ")")), (1, Gen.OneOf("\n", "x", "&", ";", "\u202e", "é", "#", "+", "\ud800")));
        var area = Gen.OneOf("612", "６１２", "651", "787", "242", "800", "900", "613", "12");
        var accepted = 0;

        Gen.Select(Gen.OneOf("", "1", "+1", "+", "+44"), sign, area, sign, Line, sign).Select((country, a, code, b, line, c) => $"{country}{a}{code}{b}{line[..3]}{c}{line[3..]}").Sample(
            typed =>
            {
                if (PhoneNumberRules.Read(typed, Us) is not PhoneNumberReading.Accepted(var number)) { return; }

                Interlocked.Increment(ref accepted);
                Assert.Matches("^\\+1[2-9][0-9]{9}$", number);
                Assert.Equal(new PhoneNumberReading.Accepted(number), PhoneNumberRules.Read(number, Us));
                Assert.Equal(new PhoneNumberReading.Accepted(number), PhoneNumberRules.Read(PhoneNumberRules.Grouped(number), Us));
            },
            iter: 20_000);

        Assert.True(accepted > 100, "Too few numbers were accepted for the rest to mean anything.");
    }

    [Fact]
    public void A_masked_number_shows_two_digits() => Line.Sample(line =>
    {
        var masked = PhoneNumberRules.Masked($"+1612{line}");

        Assert.Equal($"(•••) •••-••{line[5..]}", masked);
    });

    [Fact, Scenario("A-17", "A-18")]
    public void Nothing_that_is_typed_breaks_the_reading()
    {
        Gen.String.Sample(typed => { _ = PhoneNumberRules.Read(typed, Us); }, iter: 20_000);
        Assert.Equal(new PhoneNumberReading.Refused(NotANumber), PhoneNumberRules.Read(new string('6', 1_000_000), Us));
    }
}
