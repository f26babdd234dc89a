using Cardea.Rules.SecondFactors;

namespace Cardea.Features.Sessions;

/// <summary>How more than the password was proven in a session.</summary>
/// <param name="Methods">RFC 8176 values. "mfa" stands only for what is a factor by NIST SP 800-63B: a mailed code (N-09), or one from a drawer, is none.</param>
/// <param name="Strength">See <see cref="Session.SecondFactorStrength"/>.</param>
public sealed record ProvenWay(string Methods, FactorKinds Strength)
{
    public static ProvenWay Authenticator { get; } = new("otp mfa", FactorKinds.Authenticator);

    public static ProvenWay EmailCode { get; } = new("otp", FactorKinds.Email);

    public static ProvenWay TextCode { get; } = new("sms mfa", FactorKinds.Text);

    /// <summary>
    /// "hwk": the key stays in the device that made it; "swk": it may be copied to others, as synced ones are (N-12). That is the device's own
    /// word, which is enough to say what is known, and no more is built on it. "user": it has made sure who holds it. So it is "mfa" by itself.
    /// </summary>
    public static ProvenWay Passkey(bool mayBeCopied) => new(mayBeCopied ? "swk user mfa" : "hwk user mfa", FactorKinds.Passkey);

    public static ProvenWay RecoveryCode { get; } = new("otp", FactorKinds.Passkey);

    /// <summary>What is known of a session once it was proven in this way as well, each value once.</summary>
    public string After(string methods) => string.Join(' ', methods.Split(' ').Union(Methods.Split(' ')));
}
