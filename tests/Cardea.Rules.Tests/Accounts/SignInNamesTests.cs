using Cardea.Rules.Accounts;
using CsCheck;
using Xunit;
using static Cardea.Rules.Accounts.SignInNameRefusal;

namespace Cardea.Rules.Tests.Accounts;

[Scenario("S2-04", "A-18")]
public class SignInNamesTests
{
    private const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string UsernameCharacters = LettersAndDigits + "._@-";

    [Theory]
    [InlineData("amina.diallo")]
    [InlineData("Amina_D-2")]
    [InlineData("amina@clinic.example")]
    [InlineData("7of9")]
    [InlineData("abc")]
    public void A_plain_username_is_accepted(string name) => Assert.Null(SignInNames.CheckUsername(name));

    [Theory]
    [InlineData("", TooShort)]
    [InlineData("ab", TooShort)]
    [InlineData("amina diallo", ForbiddenCharacter)]
    [InlineData("amina ", ForbiddenCharacter)]
    [InlineData(".amina", ForbiddenCharacter)]
    [InlineData("_amina", ForbiddenCharacter)]
    [InlineData("@amina", ForbiddenCharacter)]
    [InlineData("-amina", ForbiddenCharacter)]
    [InlineData("amina\n", ForbiddenCharacter)]
    [InlineData("amina\0", ForbiddenCharacter)]
    [InlineData("amina+x", ForbiddenCharacter)]
    public void Another_one_is_refused_with_its_reason(string name, SignInNameRefusal refusal) =>
        Assert.Equal(refusal, SignInNames.CheckUsername(name));

    [Theory]
    [InlineData("ᴮᴵᴳᴮᴵᴿᴰ")]
    [InlineData("\u0430mina")]
    [InlineData("am\u0131na")]
    [InlineData("\u017fmith")]
    [InlineData("stra\u00dfe")]
    [InlineData("am\u200bina")]
    [InlineData("\u202eanima")]
    [InlineData("jos\u00e9")]
    [InlineData("jose\u0301")]
    [InlineData("\u212aelvin")]
    public void Names_that_only_look_like_plain_ones_are_refused(string name) =>
        Assert.Equal(ForbiddenCharacter, SignInNames.CheckUsername(name));

    [Fact]
    public void Of_all_characters_only_the_small_alphabets_are_allowed()
    {
        for (var code = 0; code <= char.MaxValue; code++)
        {
            var character = (char)code;

            Assert.Equal(UsernameCharacters.Contains(character), SignInNames.CheckUsername($"am{character}ina") is null);
            Assert.Equal(LettersAndDigits.Contains(character), SignInNames.CheckUsername($"{character}mina") is null);
            Assert.Equal(character is '-' || LettersAndDigits.Contains(character), SignInNames.CheckOrganizationCode($"CL{character}42") is null);
            Assert.Equal(LettersAndDigits.Contains(character), SignInNames.CheckOrganizationCode($"{character}L42") is null);
        }
    }

    [Fact]
    public void Usernames_have_three_to_sixty_four_characters_and_codes_two_to_twenty()
    {
        for (var length = 0; length <= 70; length++)
        {
            var name = new string('a', length);

            Assert.Equal(length < 3 ? TooShort : length > 64 ? TooLong : null, SignInNames.CheckUsername(name));
            Assert.Equal(length < 2 ? TooShort : length > 20 ? TooLong : null, SignInNames.CheckOrganizationCode(name));
        }
    }

    [Fact, Scenario("A-17")]
    public void A_flood_is_too_long_whatever_it_is_made_of() =>
        Assert.Equal(TooLong, SignInNames.CheckUsername(new string('\u0301', 1_000_000)));

    [Theory, Scenario("K-11")]
    [InlineData("amina", "AMINA")]
    [InlineData("bill", "BI11")]
    [InlineData("bill", "bi1l")]
    [InlineData("lola", "l0la")]
    [InlineData("CLINIC-O", "clinic-0")]
    [InlineData("barnes", "bames")]
    [InlineData("BARNES", "bames")]
    [InlineData("amina.d", "amina_d")]
    [InlineData("amina.d", "amina-d")]
    public void Names_that_are_taken_for_one_another_have_one_skeleton(string one, string other) =>
        Assert.Equal(SignInNames.Skeleton(one), SignInNames.Skeleton(other));

    [Theory, Scenario("K-11")]
    [InlineData("clinics", "clinic5")]
    [InlineData("ward2", "wardz")]
    [InlineData("room8", "roomb")]
    [InlineData("amina.d", "aminad")]
    [InlineData("amina", "amin")]
    [InlineData("amina.clinic", "amina@clinic")]
    public void Names_that_are_merely_neighbours_keep_theirs_apart(string one, string other) =>
        Assert.NotEqual(SignInNames.Skeleton(one), SignInNames.Skeleton(other));

    [Fact, Scenario("K-11")]
    public void Within_the_alphabet_exactly_these_characters_are_the_same()
    {
        string[] families = ["0oO", "1iIlL", "._-"];

        foreach (var (one, other) in from a in UsernameCharacters from b in UsernameCharacters select (a, b))
        {
            var together = char.ToUpperInvariant(one) == char.ToUpperInvariant(other)
                || families.Any(family => family.Contains(one) && family.Contains(other));

            Assert.Equal(together, SignInNames.Skeleton(one.ToString()) == SignInNames.Skeleton(other.ToString()));
        }
    }

    [Fact]
    public void The_skeleton_of_a_skeleton_is_itself()
    {
        for (var code = 0; code <= char.MaxValue; code++)
        {
            var skeleton = SignInNames.Skeleton(((char)code).ToString());
            Assert.Equal(skeleton, SignInNames.Skeleton(skeleton));
        }

        Texts.Any.Sample(name => Assert.Equal(SignInNames.Skeleton(name), SignInNames.Skeleton(SignInNames.Skeleton(name))));
    }

    [Fact]
    public void The_skeleton_of_a_skeleton_is_itself_where_look_alikes_crowd() =>
        Gen.Char["rRnNmM01lIiOo.-_"].Array[0, 12].Select(characters => new string(characters))
            .Sample(name => Assert.Equal(SignInNames.Skeleton(name), SignInNames.Skeleton(SignInNames.Skeleton(name))), iter: 5_000);
}
