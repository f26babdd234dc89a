using System.Net.Sockets;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Messages;

/// <summary>
/// Hands mails to a mail server. What the server says about one message concerns that one; everything else (away, without encryption,
/// a bad certificate, our own account or address refused) closes the way for all.
/// </summary>
public sealed partial class SmtpDelivery : IMailDelivery, IAsyncDisposable
{
    private const int FirstPermanentCode = 500;

    private readonly MessageSettings _settings;
    private readonly TimeProvider _clock;
    private readonly SmtpClient _client;

    public SmtpDelivery(IOptions<MessageSettings> settings, SmtpCertificates certificates, TimeProvider clock)
    {
        _settings = settings.Value;
        _clock = clock;
        _client = new()
        {
            ServerCertificateValidationCallback = certificates.IsTrusted,
            CheckCertificateRevocation = certificates.AskAboutRevocation,
        };
    }

    public async Task<DeliveryAnswer> DeliverAsync(OutgoingMail mail)
    {
        using var limit = new CancellationTokenSource(_settings.Timeout, _clock);
        var isConnected = false;
        try
        {
            await ConnectAsync(limit.Token);
            isConnected = true;
            await _client.SendAsync(mail.Message, limit.Token);
            return new DeliveryAnswer.Accepted("250");
        }
        catch (SmtpCommandException answer) when (isConnected && !IsAboutUs(answer))
        {
            return (int)answer.StatusCode >= FirstPermanentCode
                ? new DeliveryAnswer.Refused(CodeOf(answer))
                : new DeliveryAnswer.Postponed(CodeOf(answer));
        }
        catch (Exception problem) when (SentenceFor(problem) is not null)
        {
            await _client.DisconnectAsync(quit: false, CancellationToken.None);
            return new DeliveryAnswer.Closed(SentenceFor(problem)!);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(_settings.Timeout, _clock);
        try
        {
            await _client.DisconnectAsync(quit: true, limit.Token);
        }
        catch (Exception problem) when (SentenceFor(problem) is not null)
        {
            // All messages are handed over; a server that does not wait for our goodbye is none the worse for it.
        }

        _client.Dispose();
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        if (!_client.IsConnected)
        {
            await _client.ConnectAsync(_settings.Host!, _settings.Port, Encryption, cancellationToken);
        }

        if (_settings.UserName is { } userName && !_client.IsAuthenticated)
        {
            await _client.AuthenticateAsync(userName, _settings.Password!, cancellationToken);
        }
    }

    /// <summary>Never "when available": whoever stands between could take the offer away (ASVS V12.3.1).</summary>
    private SecureSocketOptions Encryption => _settings.Encryption switch
    {
        SmtpEncryption.StartTls => SecureSocketOptions.StartTls,
        SmtpEncryption.Tls => SecureSocketOptions.SslOnConnect,
        SmtpEncryption.None => SecureSocketOptions.None,
    };

    private static bool IsAboutUs(SmtpCommandException answer) =>
        answer.ErrorCode is SmtpErrorCode.SenderNotAccepted || answer.StatusCode is SmtpStatusCode.ServiceNotAvailable;

    /// <summary>Codes only: servers like to repeat the recipient in the text behind them.</summary>
    private static string CodeOf(SmtpCommandException answer) =>
        $"{(int)answer.StatusCode} {EnhancedCode().Match(answer.Message).Value}".TrimEnd();

    private static string? SentenceFor(Exception problem) => problem switch
    {
        SocketException socket => $"The mail server cannot be reached ({socket.SocketErrorCode}).",
        OperationCanceledException or TimeoutException => "The mail server does not answer in time.",
        NotSupportedException missing => missing.Message,   // "The SMTP server does not support the STARTTLS extension."
        SslHandshakeException => "The mail server's certificate is not trusted, or its TLS is too old.",
        AuthenticationException => "The mail server refuses our user name or password.",
        ServiceNotAuthenticatedException => "The mail server wants a user name and a password.",
        SmtpCommandException answer => $"The mail server does not work for us ({CodeOf(answer)}).",
        ProtocolException or IOException => "The connection to the mail server broke.",
        _ => null,
    };

    [GeneratedRegex(@"^[245]\.\d{1,3}\.\d{1,3}\b", RegexOptions.CultureInvariant)]
    private static partial Regex EnhancedCode();
}
