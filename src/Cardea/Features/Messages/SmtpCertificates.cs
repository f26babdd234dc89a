using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Messages;

/// <summary>
/// Whom we believe to be the mail server: whoever this machine trusts, or, where an authority of one's own is set, only whom that one vouches
/// for (ASVS V12.3.4).
/// </summary>
public sealed class SmtpCertificates
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    private readonly X509Certificate2Collection? _authorities;

    public SmtpCertificates(IOptions<MessageSettings> settings)
    {
        if (settings.Value.CertificateAuthority is { } file)
        {
            _authorities = [];
            _authorities.ImportFromPemFile(file);
        }
    }

    /// <summary>Public authorities do; one's own rarely has a list that can be asked.</summary>
    public bool AskAboutRevocation => _authorities is null;

    public bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (_authorities is null || certificate is null)
        {
            return errors is SslPolicyErrors.None;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        using var server = new X509Certificate2(certificate);
        return !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && chain.Build(server);
    }
}
