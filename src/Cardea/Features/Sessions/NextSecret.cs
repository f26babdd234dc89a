using Microsoft.EntityFrameworkCore.Query;

namespace Cardea.Features.Sessions;

/// <summary>A new secret for a session that can do more from now on, and what the session keeps of it.</summary>
internal sealed class NextSecret
{
    private readonly byte[]? _former;
    private readonly byte[]? _key;

    private NextSecret(string secret, byte[]? former, byte[]? key) => (Secret, _former, _key) = (secret, former, key);

    public string Secret { get; }

    /// <param name="current">Null when it is not known: then nothing leads from it to the new one.</param>
    public static NextSecret After(string? current)
    {
        if (current is null)
        {
            return new(Secrets.New(), former: null, key: null);
        }

        var key = Secrets.NewKey();
        return new(Secrets.Successor(current, key), Secrets.Hash(current), key);
    }

    public UpdateSettersBuilder<Session> SetIn(UpdateSettersBuilder<Session> set, DateTimeOffset now)
    {
        var hash = Secrets.Hash(Secret);
        return set
            .SetProperty(session => session.SecretHash, hash)
            .SetProperty(session => session.FormerSecretHash, _former)
            .SetProperty(session => session.SuccessorKey, _key)
            .SetProperty(session => session.SecretRenewedAt, now);
    }
}
