using System.Collections.Concurrent;
using Cardea.Features.Passwords;
using Microsoft.Extensions.Options;

namespace Cardea.Tests.Infrastructure;

/// <summary>
/// The hashes of passwords that tests put into the database. In the short run, apps hash at an eighth of the lowest cost that is allowed in
/// production, unless their settings speak of hashing: else a quarter of the run would be spent on it. In a full run all cost what they cost.
/// </summary>
public static class TestHashes
{
    /// <summary>A setting for apps in whose tests the cost counts.</summary>
    public static readonly (string Key, string Value) RealCost = ("Cardea:Hashing:MemoryKiB", "19456");

    private static readonly PasswordHashes Real = With(new());
    private static readonly ConcurrentDictionary<(bool AreCheap, string Secret), string> Known = new();

    public static PasswordHashes Cheap { get; } = With(new() { MemoryKiB = 19_456 / 8 });

    /// <summary>Computed once: what is tested is their comparison.</summary>
    public static string Of(string secret, bool cheaply) => Known.GetOrAdd((cheaply, secret), key => (key.AreCheap ? Cheap : Real).Hash(key.Secret));

    private static PasswordHashes With(HashingSettings settings) => new(Options.Create(settings));
}
