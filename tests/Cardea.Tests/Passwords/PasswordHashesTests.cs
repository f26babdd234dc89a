using Cardea.Features.Passwords;
using Microsoft.Extensions.Options;

namespace Cardea.Tests.Passwords;

[Scenario("F-04", "V11.4.2", "N-06", "V6.2.8")]
public sealed class PasswordHashesTests
{
    private static readonly PasswordHashes Hashes = With(new());

    [Theory]
    [InlineData(HashAlgorithm.Argon2id, @"^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$")]
    [InlineData(HashAlgorithm.Pbkdf2Sha512, @"^\$pbkdf2-sha512\$i=220000\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$")]
    public void A_hash_says_how_it_was_made_and_has_a_salt_of_its_own(HashAlgorithm algorithm, string form)
    {
        var hashes = With(new() { Algorithm = algorithm });

        var (one, other) = (hashes.Hash("Rainy#Tuesday42"), hashes.Hash("Rainy#Tuesday42"));

        Assert.Matches(form, one);
        Assert.NotEqual(one, other);
        Assert.Equal(new HashVerdict(Matches: true, IsOutdated: false), hashes.Verify("Rainy#Tuesday42", one));
        Assert.Equal(new HashVerdict(Matches: false, IsOutdated: false), hashes.Verify("rainy#Tuesday42", one));
    }

    [Fact]
    public void Every_character_counts_up_to_the_last_of_128()
    {
        var start = new string('é', 127);
        var stored = Hashes.Hash(start + "a");

        Assert.True(Hashes.Verify(start + "a", stored).Matches);
        Assert.False(Hashes.Verify(start + "b", stored).Matches);
        Assert.False(Hashes.Verify(start, stored).Matches);
        Assert.False(Hashes.Verify(start + "a ", stored).Matches);
    }

    [Fact]
    [Scenario("N-02", "K-05")]
    public void A_composed_and_a_decomposed_letter_are_one_password()
    {
        var stored = Hashes.Hash("caf\u00e9 au lait");

        Assert.True(Hashes.Verify("cafe\u0301 au lait", stored).Matches);
        Assert.False(Hashes.Verify("cafe au lait", stored).Matches);
    }

    [Theory]
    [InlineData(HashAlgorithm.Argon2id, HashAlgorithm.Pbkdf2Sha512)]
    [InlineData(HashAlgorithm.Pbkdf2Sha512, HashAlgorithm.Argon2id)]
    public void A_hash_of_the_other_algorithm_still_opens_and_is_outdated(HashAlgorithm then, HashAlgorithm now)
    {
        var stored = With(new() { Algorithm = then }).Hash("x");

        Assert.Equal(new HashVerdict(Matches: true, IsOutdated: true), With(new() { Algorithm = now }).Verify("x", stored));
    }

    [Theory]
    [InlineData(HashAlgorithm.Argon2id, "$argon2id$v=19$m=19456,t=2,p=1$")]
    [InlineData(HashAlgorithm.Pbkdf2Sha512, "$pbkdf2-sha512$i=220000$")]
    public void Nobodys_password_is_a_hash_of_todays_cost(HashAlgorithm algorithm, string header) =>
        Assert.StartsWith(header, With(new() { Algorithm = algorithm }).Nobody, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("plain text")]
    [InlineData("$argon2i$v=19$m=19456,t=2,p=1$AAAA$AAAA")]
    [InlineData("$argon2id$v=16$m=19456,t=2,p=1$AAAA$AAAA")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=4$AAAA$AAAA")]
    [InlineData("$argon2id$v=19$t=2,m=19456,p=1$AAAA$AAAA")]
    public void What_we_did_not_make_is_an_error_and_never_a_match(string stored) =>
        Assert.Throws<FormatException>(() => Hashes.Verify("", stored));

    private static PasswordHashes With(HashingSettings settings) => new(Options.Create(settings));
}
