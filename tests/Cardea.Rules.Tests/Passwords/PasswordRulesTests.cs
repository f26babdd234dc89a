using Cardea.Rules.Passwords;
using CsCheck;
using Xunit;
using static Cardea.Rules.Passwords.PasswordRefusal;

namespace Cardea.Rules.Tests.Passwords;

public class PasswordRulesTests
{
    private const string Good = "Hinge-of-7-doors";

    private static IReadOnlyList<PasswordRefusal> Check(string candidate, PasswordPolicy? policy = null) =>
        PasswordRules.Check(candidate, policy ?? Policies.Miic, ownWords: [], isCommon: _ => false);

    [Theory, Scenario("S2-12")]
    [InlineData(Good)]
    [InlineData("Aa1?Aa1?Aa1?")]
    [InlineData("correct Horse 7 battery?")]
    [InlineData("Überraschung-7-Türen")]
    public void A_password_that_meets_every_rule_is_accepted(string candidate) => Assert.Empty(Check(candidate));

    [Theory, Scenario("S2-12")]
    [InlineData("", new[] { TooShort, NoUpperCase, NoLowerCase, NoDigit, NoSpecial })]
    [InlineData("short", new[] { TooShort, NoUpperCase, NoDigit, NoSpecial })]
    [InlineData("hinge-of-7-doors", new[] { NoUpperCase })]
    [InlineData("HINGE-OF-7-DOORS", new[] { NoLowerCase })]
    [InlineData("Hinge-of-ten-doors", new[] { NoDigit })]
    [InlineData("Hinge of 7 doors", new[] { NoSpecial })]
    [InlineData("                                ", new[] { TooLong, NoUpperCase, NoLowerCase, NoDigit, NoSpecial })]
    public void Every_unmet_rule_is_named(string candidate, PasswordRefusal[] refusals) => Assert.Equal(refusals, Check(candidate));

    [Fact, Scenario("S2-12", "V6.2.5")]
    public void Each_class_of_characters_is_missed_exactly_when_it_is_asked_for_and_absent()
    {
        (string Text, PasswordRefusal Refusal)[] classes = [("ABC", NoUpperCase), ("abc", NoLowerCase), ("789", NoDigit), ("#?#", NoSpecial)];

        for (var asked = 0; asked < 16; asked++)
        {
            for (var present = 0; present < 16; present++)
            {
                var policy = Policies.Miic with
                {
                    RequireUpperCase = Has(asked, 0),
                    RequireLowerCase = Has(asked, 1),
                    RequireDigit = Has(asked, 2),
                    RequiredSpecials = Has(asked, 3) ? "#?" : "",
                };
                var candidate = string.Concat(classes.Where((_, index) => Has(present, index)).Select(one => one.Text)).PadRight(12, '.');
                var missed = classes.Where((_, index) => Has(asked, index) && !Has(present, index)).Select(one => one.Refusal);

                Assert.Equal(missed, Check(candidate, policy));
            }
        }

        static bool Has(int set, int index) => (set >> index & 1) == 1;
    }

    [Fact, Scenario("S2-12")]
    public void Only_the_listed_specials_count_and_all_other_printable_characters_are_welcome()
    {
        for (var sign = ' '; sign <= '~'; sign++)
        {
            if (char.IsAsciiLetterOrDigit(sign)) { continue; }

            var listed = "~@#$%^*()-_+={}[]/?".Contains(sign);

            Assert.Equal(listed ? [] : [NoSpecial], Check($"Hinge{sign}of7doors"));
        }
    }

    [Theory, Scenario("S2-12")]
    [InlineData("Hinge\tof-7-doors")]
    [InlineData("Hinge-of-7-doors\n")]
    [InlineData("Hinge-of-7-doors\u007f")]
    [InlineData("Hinge-of-7\u0085-doors")]
    [InlineData("Hinge-of-7\u2028-doors")]
    [InlineData("Hinge-of-7\u2029-doors")]
    public void What_cannot_be_printed_is_refused_with_a_reason_of_its_own(string candidate) => Assert.Equal([ForbiddenCharacter], Check(candidate));

    [Theory, Scenario("S2-12", "N-02")]
    [InlineData("Hinge-of-7-👩‍👩‍👧")]
    [InlineData("Hinge-of-7-\u00a0doors")]
    [InlineData("Hinge-7-می\u200cخواهم")]
    public void Spaces_and_the_marks_that_join_letters_are_printable(string candidate) => Assert.Empty(Check(candidate));

    [Theory, Scenario("S2-12", "K-01")]
    [InlineData("ÜBUNGÉ-7-türen", new PasswordRefusal[] { })]
    [InlineData("Ünergründlich-7", new[] { NoUpperCase })]
    [InlineData("HINGE-OF-7-é", new[] { NoLowerCase })]
    [InlineData("Hinge-of-٧-doors", new[] { NoDigit })]
    public void Letters_and_digits_beyond_ascii_are_welcome_but_do_not_count(string candidate, PasswordRefusal[] refusals) =>
        Assert.Equal(refusals, Check(candidate));

    [Theory, Scenario("S2-12", "V6.2.1", "V6.2.9")]
    [InlineData("miic", 11, new[] { TooShort })]
    [InlineData("miic", 12, new PasswordRefusal[] { })]
    [InlineData("miic", 30, new PasswordRefusal[] { })]
    [InlineData("miic", 31, new[] { TooLong })]
    [InlineData("nist", 14, new[] { TooShort })]
    [InlineData("nist", 15, new PasswordRefusal[] { })]
    [InlineData("nist", 64, new PasswordRefusal[] { })]
    [InlineData("nist", 128, new PasswordRefusal[] { })]
    [InlineData("nist", 129, new[] { TooLong })]
    public void Length_is_limited_at_both_ends(string preset, int length, PasswordRefusal[] refusals) =>
        Assert.Equal(refusals, Check("Aa1?".PadRight(length, 'x'), preset is "miic" ? Policies.Miic : Policies.Nist));

    [Fact, Scenario("A-17")]
    public void No_policy_allows_more_than_is_ever_hashed()
    {
        var generous = Policies.Nist with { MaximumLength = 1000 };

        Assert.Empty(Check(new string('x', PasswordRules.LongestEver), generous));
        Assert.Equal([TooLong], Check(new string('x', PasswordRules.LongestEver + 1), generous));
    }

    [Fact, Scenario("V6.2.5", "K-01")]
    public void Twenty_lower_case_letters_pass_where_nist_rules_and_miss_three_rules_in_miic()
    {
        Assert.Empty(Check("qwhinterdoorsevenlea", Policies.Nist));
        Assert.Equal([NoUpperCase, NoDigit, NoSpecial], Check("qwhinterdoorsevenlea"));
    }

    [Fact, Scenario("N-02")]
    public void Length_counts_what_a_person_calls_characters_not_what_they_weigh()
    {
        Assert.Empty(Check("Aa1?" + Repeat(8, "😀")));
        Assert.Equal([TooShort], Check("Aa1?" + Repeat(7, "😀")));
        Assert.Equal([TooShort], Check("Aa1?" + Repeat(7, "e\u0301")));
        Assert.Empty(Check("Aa1?" + Repeat(26, "e\u0301")));
        Assert.Equal([TooLong], Check("Aa1?" + Repeat(27, "e\u0301")));
    }

    [Fact, Scenario("A-17")]
    public void An_overlong_password_is_refused_before_any_work_is_done_on_it()
    {
        var flood = new string('\u0301', 1_000_000);

        var refusals = PasswordRules.Check(
            flood, Policies.Miic, ownWords: ["clinic"], isCommon: _ => throw new InvalidOperationException("Asked for nothing."));

        Assert.Equal([TooLong], refusals);
    }

    [Fact, Scenario("A-17", "V6.2.9")]
    public void The_longest_password_is_accepted_however_its_letters_are_composed()
    {
        var typed = Repeat(PasswordRules.LongestEver, "o\u0302\u0301");   // ố in three code points: 384 units

        Assert.Empty(Check(typed, Policies.Nist));
        Assert.Equal([TooLong], Check(new string('x', PasswordRules.LongestInputUnits), Policies.Nist));
    }

    [Fact, Scenario("S2-13", "V6.2.4", "V6.2.12")]
    public void A_common_password_is_refused_and_named_beside_the_other_rules()
    {
        Assert.Equal([TooCommon], PasswordRules.Check(Good, Policies.Miic, [], candidate => candidate == Good));
        Assert.Equal([TooShort, NoUpperCase, NoSpecial, TooCommon], PasswordRules.Check("password1", Policies.Miic, [], _ => true));
    }

    [Fact, Scenario("K-05")]
    public void The_list_of_common_passwords_is_asked_with_the_text_that_would_be_hashed()
    {
        var asked = new List<string>();
        bool Ask(string password)
        {
            asked.Add(password);
            return false;
        }

        PasswordRules.Check("Cafe\u0301-of-7-doors", Policies.Miic, [], Ask);
        PasswordRules.Check("", Policies.Miic, [], Ask);
        PasswordRules.Check(new string('x', 31), Policies.Miic, [], Ask);

        Assert.Equal(["Café-of-7-doors"], asked);
    }

    [Theory, Scenario("V6.2.8")]
    [InlineData(" Hinge-of-7-doors")]
    [InlineData("Hinge-of-7-doors ")]
    [InlineData("hinge-of-7-doors")]
    [InlineData("Hinge-of-7-doors\0")]
    [InlineData("Ｈinge-of-7-doors")]
    public void Nothing_is_trimmed_or_folded_before_hashing(string typed)
    {
        Assert.Equal(typed, PasswordRules.Normalize(typed));
        Assert.NotEqual(PasswordRules.Normalize(Good), PasswordRules.Normalize(typed));
    }

    [Fact, Scenario("K-05", "N-02")]
    public void Composed_and_decomposed_letters_are_the_same_password() =>
        Assert.Equal(PasswordRules.Normalize("Caf\u00e9"), PasswordRules.Normalize("Cafe\u0301"));

    [Fact, Scenario("A-17", "A-18")]
    public void Every_text_gets_an_answer_and_no_reason_is_given_twice() =>
        Texts.Any.Sample(typed =>
        {
            var refusals = Check(typed);
            Assert.Equal(refusals.Distinct(), refusals);
            Assert.Equal(PasswordRules.Normalize(typed), PasswordRules.Normalize(PasswordRules.Normalize(typed)));
        });

    [Fact, Scenario("V6.2.8")]
    public void What_is_typed_in_ascii_is_hashed_as_typed() =>
        Texts.Plain.Sample(typed => Assert.Equal(typed, PasswordRules.Normalize(typed)));

    private static string Repeat(int count, string text) => string.Concat(Enumerable.Repeat(text, count));
}
