using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cardea.Rules.Passwords;
using Microsoft.Extensions.Options;
using NSec.Cryptography;

namespace Cardea.Features.Passwords;

/// <summary>What a comparison found.</summary>
/// <param name="Matches">Whether the secret is the one that was hashed.</param>
/// <param name="IsOutdated">Whether the stored hash was made with another algorithm or cost than the settings ask for.</param>
public readonly record struct HashVerdict(bool Matches, bool IsOutdated);

/// <summary>
/// Slow hashes of passwords, answers and short codes as PHC strings: algorithm, cost and salt stand in the hash itself, so costs can be raised
/// while old hashes go on working. Costs a core for milliseconds: only <see cref="HashingGate"/> calls it in a running server.
/// </summary>
public sealed class PasswordHashes
{
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    private readonly Recipe _current;

    public PasswordHashes(IOptions<HashingSettings> settings)
    {
        var chosen = settings.Value;
        _current = chosen.Algorithm switch
        {
            HashAlgorithm.Argon2id => new Recipe.Argon2(chosen.MemoryKiB, chosen.Passes),
            HashAlgorithm.Pbkdf2Sha512 => new Recipe.Pbkdf2(chosen.Iterations),
        };
        Nobody = Hash(Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
    }

    /// <summary>The hash of no one's password: compared when a name does not exist or is locked, so that the answer takes the same time .</summary>
    public string Nobody { get; }

    public string Hash(string secret)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return _current.Write(salt, Derive(_current, secret, salt));
    }

    /// <summary>
    /// Compares in constant time. A hash cheaper than today's is topped up to today's cost, so that time does not tell who has not signed in
    /// since the cost was raised (Django CVE-2016-2513).
    /// </summary>
    /// <exception cref="FormatException">The stored text is no PHC string that we know.</exception>
    public HashVerdict Verify(string secret, string stored)
    {
        var (recipe, salt, expected) = Recipe.Read(stored);
        var matches = CryptographicOperations.FixedTimeEquals(Derive(recipe, secret, salt), expected);
        if (recipe == _current)
        {
            return new(matches, IsOutdated: false);
        }

        _ = Derive(_current.Without(recipe), secret, salt);
        return new(matches, IsOutdated: true);
    }

    private static byte[] Derive(Recipe recipe, string secret, byte[] salt)
    {
        // NFC, so that a composed and a decomposed é are one password (N-02). Bytes: NSec's string overload would hash UTF-16.
        var bytes = Encoding.UTF8.GetBytes(PasswordRules.Normalize(secret));
        try
        {
            return recipe.Derive(bytes, salt, HashBytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>An algorithm with its cost.</summary>
    private abstract record Recipe
    {
        public abstract byte[] Derive(ReadOnlySpan<byte> secret, byte[] salt, int length);

        public abstract string Write(byte[] salt, byte[] hash);

        /// <summary>What is left of this cost when <paramref name="spent"/> was already paid; across algorithms nothing is taken off.</summary>
        public abstract Recipe Without(Recipe spent);

        public static (Recipe Recipe, byte[] Salt, byte[] Hash) Read(string stored)
        {
            var parts = stored.Split('$');
            return parts switch
            {
                ["", "argon2id", "v=19", var cost, var salt, var hash] when ReadCost(cost, "m", "t", "p") is [var memory, var passes, 1] =>
                    (new Argon2(memory, passes), ReadBase64(salt), ReadBase64(hash)),
                ["", "pbkdf2-sha512", var cost, var salt, var hash] when ReadCost(cost, "i") is [var iterations] =>
                    (new Pbkdf2(iterations), ReadBase64(salt), ReadBase64(hash)),
                _ => throw new FormatException("The stored hash is of no known kind."),
            };
        }

        private static int[] ReadCost(string text, params string[] names)
        {
            var pairs = text.Split(',').Select(pair => pair.Split('=')).ToList();
            return pairs.Count == names.Length && pairs.Zip(names).All(p => p.First.Length == 2 && p.First[0] == p.Second)
                ? [.. pairs.Select(pair => int.Parse(pair[1], CultureInfo.InvariantCulture))]
                : [];
        }

        private static byte[] ReadBase64(string text) => Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));

        protected static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

        public sealed record Argon2(int MemoryKiB, int Passes) : Recipe
        {
            // libsodium takes no less.
            private const int SmallestKiB = 8;

            public override byte[] Derive(ReadOnlySpan<byte> secret, byte[] salt, int length) =>
                PasswordBasedKeyDerivationAlgorithm
                    .Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = MemoryKiB, NumberOfPasses = Passes })
                    .DeriveBytes(secret, salt, length);

            public override string Write(byte[] salt, byte[] hash) =>
                string.Create(CultureInfo.InvariantCulture, $"$argon2id$v=19$m={MemoryKiB},t={Passes},p=1${Base64(salt)}${Base64(hash)}");

            // Two smaller hashes stay in a processor's caches where one large hash does not: of what was spent, not all is taken off.
            public override Recipe Without(Recipe spent) => spent is Argon2 other
                ? this with { MemoryKiB = Math.Max(SmallestKiB, MemoryKiB - (int)((long)other.MemoryKiB * other.Passes * 7 / (8 * Passes))) }
                : this;
        }

        public sealed record Pbkdf2(int Iterations) : Recipe
        {
            [SuppressMessage("Security", "CA5387", Justification = "The iterations of an old hash are what they are; new ones have a floor in the settings.")]
            public override byte[] Derive(ReadOnlySpan<byte> secret, byte[] salt, int length) =>
                Rfc2898DeriveBytes.Pbkdf2(secret, salt, Iterations, HashAlgorithmName.SHA512, length);

            public override string Write(byte[] salt, byte[] hash) =>
                string.Create(CultureInfo.InvariantCulture, $"$pbkdf2-sha512$i={Iterations}${Base64(salt)}${Base64(hash)}");

            public override Recipe Without(Recipe spent) => spent is Pbkdf2 other
                ? this with { Iterations = Math.Max(1, Iterations - other.Iterations) }
                : this;
        }
    }
}
