using Cardea.Rules.EmailAddresses;
using CsCheck;
using Xunit;
using static Cardea.Rules.EmailAddresses.EmailAddressRefusal;
using static Cardea.Rules.Tests.Times;

namespace Cardea.Rules.Tests.EmailAddresses;

public class EmailAddressRulesTests
{
    private static readonly TimeSpan Yearly = TimeSpan.FromDays(365);

    [Theory, Scenario("S2-07")]
    [InlineData("amina@clinic.example")]
    [InlineData("  amina@clinic.example ")]
    [InlineData("Amina.Diallo+iis@sub.clinic.example")]
    [InlineData("o'brien@clinic.example")]
    [InlineData("a@b.co")]
    [InlineData("_x_#$&*/=?^`{|}~-@clinic-2.example")]
    [InlineData("amina@xn--bcher-kva.example")]
    [InlineData("amina@4clinics.example")]
    public void A_plain_address_is_accepted(string typed) => Assert.Null(EmailAddressRules.Check(typed));

    [Theory, Scenario("S2-07")]
    [InlineData(null, Missing)]
    [InlineData("", Missing)]
    [InlineData("   ", Missing)]
    [InlineData("amina", NotAnAddress)]
    [InlineData("@clinic.example", NotAnAddress)]
    [InlineData("amina@", NotAnAddress)]
    [InlineData("amina@@clinic.example", NotAnAddress)]
    [InlineData("amina@clinic@evil.example", NotAnAddress)]
    [InlineData("amina@localhost", NotAnAddress)]
    [InlineData("amina@10.0.0.1", NotAnAddress)]
    [InlineData("amina@clinic..example", NotAnAddress)]
    [InlineData("amina@.clinic.example", NotAnAddress)]
    [InlineData("amina@clinic.example.", NotAnAddress)]
    [InlineData("amina@-clinic.example", NotAnAddress)]
    [InlineData("amina@clinic-.example", NotAnAddress)]
    [InlineData("amina@clin_ic.example", NotAnAddress)]
    [InlineData(".amina@clinic.example", NotAnAddress)]
    [InlineData("amina.@clinic.example", NotAnAddress)]
    [InlineData("amina..d@clinic.example", NotAnAddress)]
    public void What_is_no_address_is_refused_with_its_reason(string? typed, EmailAddressRefusal refusal) =>
        Assert.Equal(refusal, EmailAddressRules.Check(typed));

    [Theory, Scenario("A-11", "F-13", "V1.3.11")]
    [InlineData("amina@clinic.example\r\nBcc: x@evil.example")]
    [InlineData("amina@clinic.example\r\n")]
    [InlineData("amina\n@clinic.example")]
    [InlineData("amina@clinic.example\u2028")]
    [InlineData("amina\u2029@clinic.example")]
    [InlineData("amina@clinic.example\0")]
    [InlineData("amina\u007f@clinic.example")]
    [InlineData("amina%0d%0aRCPT@clinic.example")]
    [InlineData("amina%evil.example@clinic.example")]
    [InlineData("evil.example!amina@clinic.example")]
    [InlineData("\"amina\r\n\"@clinic.example")]
    [InlineData("\"amina\"@clinic.example")]
    [InlineData("Amina <amina@clinic.example>")]
    [InlineData("<amina@clinic.example>")]
    [InlineData("amina@clinic.example,x@evil.example")]
    [InlineData("amina@clinic.example;x@evil.example")]
    [InlineData("amina@clinic.example x@evil.example")]
    [InlineData("amina(comment)@clinic.example")]
    [InlineData("amina@[10.0.0.1]")]
    [InlineData("mailto:amina@clinic.example")]
    [InlineData("amina\\@clinic.example")]
    public void Nothing_that_could_be_more_than_one_address_gets_through(string typed) =>
        Assert.Equal(ForbiddenCharacter, EmailAddressRules.Check(typed));

    [Theory, Scenario("A-18")]
    [InlineData("am\u0131na@clinic.example")]
    [InlineData("\u0430mina@clinic.example")]
    [InlineData("amina@cl\u00ednic.example")]
    [InlineData("am\u200bina@clinic.example")]
    [InlineData("amina@clinic\u3002example")]
    public void Look_alikes_are_refused(string typed) => Assert.Equal(ForbiddenCharacter, EmailAddressRules.Check(typed));

    [Fact, Scenario("V2.2.1")]
    public void Each_part_has_its_longest_length()
    {
        var label = new string('b', 63);

        Assert.Null(EmailAddressRules.Check($"{new string('a', 64)}@b.example"));
        Assert.Equal(NotAnAddress, EmailAddressRules.Check($"{new string('a', 65)}@b.example"));
        Assert.Null(EmailAddressRules.Check($"a@{label}.example"));
        Assert.Equal(NotAnAddress, EmailAddressRules.Check($"a@b{label}.example"));
        Assert.Null(EmailAddressRules.Check(OfLength(254)));
        Assert.Equal(TooLong, EmailAddressRules.Check(OfLength(255)));
        Assert.Equal(TooLong, EmailAddressRules.Check(new string('\r', 1_000_000)));

        string OfLength(int length) => $"{new string('a', length - 192)}@{label}.{label}.{label}";
    }

    [Fact, Scenario("A-11")]
    public void Whatever_is_accepted_is_one_line_of_visible_ascii_with_one_at_sign()
    {
        var piece = Gen.Frequency(
            (8, Gen.OneOf("a", "B7", "clinic", "example", "@", ".", ".", "-", "'")),
            (1, Gen.OneOf(" ", "\r\n", "\"", ",", "<", ">", "%0a", "é", "\u2028", "!")));
        var part = piece.Array[1, 4].Select(string.Concat);
        var accepted = 0;

        Gen.Select(part, part, Gen.OneOf(".example", "")).Select((local, domain, top) => $"{local}@{domain}{top}").Sample(
            typed =>
            {
                if (EmailAddressRules.Check(typed) is not null) { return; }

                Interlocked.Increment(ref accepted);
                var address = EmailAddressRules.Normalize(typed);
                Assert.All(address, character => Assert.InRange(character, '!', '~'));
                Assert.Equal(2, address.Split('@').Length);
                Assert.Equal(address, new System.Net.Mail.MailAddress(address).Address);
            },
            iter: 20_000);

        Assert.True(accepted > 100, "Too few addresses were accepted for the rest to mean anything.");
    }

    [Fact, Scenario("S2-07")]
    public void The_case_that_was_typed_is_kept_for_writing() =>
        Assert.Equal("Amina.D@Clinic.Example", EmailAddressRules.Normalize("  Amina.D@Clinic.Example "));

    [Fact, Scenario("S2-30")]
    public void Addresses_are_compared_without_case_and_outer_spaces() =>
        Assert.Equal(EmailAddressRules.Folded("amina.d@clinic.example"), EmailAddressRules.Folded(" Amina.D@CLINIC.Example "));

    [Theory, Scenario("V14.2.6")]
    [InlineData("amina.d@clinic.example", "a***@clinic.example")]
    [InlineData(" al@clinic.example ", "a***@clinic.example")]
    [InlineData("a@clinic.example", "***@clinic.example")]
    [InlineData("not an address", "***")]
    public void A_masked_address_shows_its_first_letter_and_its_domain_only(string address, string masked) =>
        Assert.Equal(masked, EmailAddressRules.Masked(address));

    [Theory, Scenario("A-18")]
    [InlineData("mike@clinic.example", "m\u0131ke@clinic.example")]
    [InlineData("mike@clinic.example", "m\u0130ke@clinic.example")]
    [InlineData("mike@clinic.example", "mi\u212ae@clinic.example")]
    [InlineData("smith@clinic.example", "\u017fmith@clinic.example")]
    public void A_look_alike_is_never_the_same_address(string ours, string theirs) =>
        Assert.NotEqual(EmailAddressRules.Folded(ours), EmailAddressRules.Folded(theirs));

    [Fact, Scenario("A-18")]
    public void Folding_and_normalizing_twice_change_nothing_more() =>
        Texts.Any.Sample(typed =>
        {
            Assert.Equal(EmailAddressRules.Folded(typed), EmailAddressRules.Folded(EmailAddressRules.Folded(typed)));
            Assert.Equal(EmailAddressRules.Normalize(typed), EmailAddressRules.Normalize(EmailAddressRules.Normalize(typed)));
            Assert.Equal(EmailAddressRules.Check(typed), EmailAddressRules.Check(EmailAddressRules.Normalize(typed)));
        });

    [Fact, Scenario("S2-07", "S2-15")]
    public void An_address_is_confirmed_once_and_again_after_exactly_a_year()
    {
        Assert.True(EmailAddressRules.ReconfirmationIsDue(null, Yearly, Monday));
        Assert.False(EmailAddressRules.ReconfirmationIsDue(Monday, Yearly, Monday));
        Assert.False(EmailAddressRules.ReconfirmationIsDue(Monday, Yearly, Monday + Yearly - Instant));
        Assert.True(EmailAddressRules.ReconfirmationIsDue(Monday, Yearly, Monday + Yearly));
    }

    [Fact, Scenario("S2-15")]
    public void Where_no_reconfirmation_is_asked_once_is_enough()
    {
        Assert.True(EmailAddressRules.ReconfirmationIsDue(null, null, Monday));
        Assert.False(EmailAddressRules.ReconfirmationIsDue(Monday, null, Monday.AddYears(50)));
    }
}
