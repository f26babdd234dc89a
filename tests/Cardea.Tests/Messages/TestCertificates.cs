using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Cardea.Tests.Messages;

/// <summary>A certificate for "localhost", from an authority that nobody else knows.</summary>
public static class TestCertificates
{
    public const string Authority = "authority.pem", Server = "server.pem", ServerKey = "server.key";

    public static void WriteTo(DirectoryInfo folder)
    {
        var (from, until) = (TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));

        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=Test authority", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using var authority = authorityRequest.CreateSelfSigned(from, until);

        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        var serverRequest = new CertificateRequest("CN=localhost", serverKey, HashAlgorithmName.SHA256);
        serverRequest.CertificateExtensions.Add(names.Build());
        using var server = serverRequest.Create(authority, from, until, serialNumber: [1]);

        File.WriteAllText(Path.Combine(folder.FullName, Authority), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder.FullName, Server), server.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder.FullName, ServerKey), serverKey.ExportPkcs8PrivateKeyPem());
    }

    public static X509Certificate2 ReadFrom(DirectoryInfo folder) =>
        X509Certificate2.CreateFromPemFile(Path.Combine(folder.FullName, Server), Path.Combine(folder.FullName, ServerKey));
}
