using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cardea.Hosting;
using Cardea.Rules.EmailAddresses;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Messages;

public enum MailTransport
{
    /// <summary>Files in the folder "mail" of <c>Cardea:Data</c>, for another program to pick up, or to read while trying things out.</summary>
    Pickup,
    Smtp,
}

public enum SmtpEncryption
{
    StartTls,

    /// <summary>From the first byte, mostly on port 465.</summary>
    Tls,

    /// <summary>To a mail server on this very machine only (ASVS V12.3.1).</summary>
    None,
}

/// <summary>The settings under "Cardea:Messages".</summary>
public sealed class MessageSettings : IValidatableObject
{
    public const string Section = "Cardea:Messages";

    /// <summary>RFC 2606: a domain that nobody can own. Good enough for files, never for a mail server.</summary>
    private const string Nowhere = "no-reply@cardea.invalid";

    public MailTransport Transport { get; set; } = MailTransport.Pickup;

    public string? Host { get; set; }

    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    public SmtpEncryption Encryption { get; set; } = SmtpEncryption.StartTls;

    /// <summary>PEM file with the authority that vouches for the mail server; unset: those that this machine trusts.</summary>
    public string? CertificateAuthority { get; set; }

    /// <summary>Unset: the server takes mail without a sign-in.</summary>
    public string? UserName { get; set; }

    public string? Password { get; set; }

    /// <summary>The address that nobody reads.</summary>
    public string From { get; set; } = Nowhere;

    /// <summary>Unset: the registry's display name.</summary>
    [MaxLength(100)]
    public string? FromName { get; set; }

    /// <summary>How long one message may take, from connecting to the server's last word.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (EmailAddressRules.Check(From) is not null)
        {
            yield return new($"{Section}:From is not an email address.");
        }

        if (Transport is not MailTransport.Smtp)
        {
            yield break;
        }

        if (string.IsNullOrWhiteSpace(Host))
        {
            yield return new($"{Section}:Host must name the mail server, because {Section}:Transport is Smtp.");
        }
        else if (Encryption is SmtpEncryption.None && !Loopback.IsLoopback(Host))
        {
            yield return new($"{Section}:Encryption may be None only where {Section}:Host is this machine: use StartTls or Tls.");
        }

        if (From == Nowhere)
        {
            yield return new($"{Section}:From must be an address of yours, because {Section}:Transport is Smtp.");
        }

        if (CertificateAuthority is not null && !HoldsCertificates(CertificateAuthority))
        {
            yield return new($"{Section}:CertificateAuthority must be a readable PEM file with at least one certificate.");
        }

        if (UserName is null != Password is null)
        {
            yield return new($"{Section}:UserName and {Section}:Password go together: set both or neither.");
        }
    }

    private static bool HoldsCertificates(string file)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(file);
            return certificates.Count > 0;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return false;
        }
    }
}

[OptionsValidator]
public sealed partial class MessageSettingsValidator : IValidateOptions<MessageSettings>;
