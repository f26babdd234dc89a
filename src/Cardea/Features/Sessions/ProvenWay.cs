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

    public static ProvenWay RecoveryCode { get; } = new("otp", FactorKinds.Passkey);

    /// <summary>What is known of a session once it was proven in this way as well, each value once.</summary>
    public string After(string methods) => string.Join(' ', methods.Split(' ').Union(Methods.Split(' ')));
}
