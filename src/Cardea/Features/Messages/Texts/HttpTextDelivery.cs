using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Cardea.Features.Messages.Texts;

/// <summary>
/// Hands texts to a provider that speaks Twilio's Messages API. What the provider says about a number concerns that one; everything else (away,
/// a bad certificate, our own account refused) closes the way for all. It is asked once for each attempt of the outbox and never again by
/// itself: who repeats a request whose answer was lost sends the text twice.
/// </summary>
public sealed class HttpTextDelivery(IHttpClientFactory clients, IOptions<TextSettings> settings, TimeProvider clock) : ITextDelivery
{
    /// <summary>Name of the client that <see cref="TextProvider"/> sets up.</summary>
    public const string Client = "texts";

    private const string WaitAsAsked = "The text provider has asked us to wait.";

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>
    /// Not a number that gets texts, not reachable, a landline, in a country that our account may not send to, or of somebody who answered STOP.
    /// </summary>
    private static readonly int[] AboutTheNumber = [21211, 21214, 21217, 21265, 21408, 21610, 21612, 21614, 21635];

    private DateTimeOffset _waitUntil;

    public async Task<DeliveryAnswer> DeliverAsync(OutgoingText text)
    {
        if (clock.GetUtcNow() < _waitUntil)
        {
            return new DeliveryAnswer.Closed(WaitAsAsked);
        }

        try
        {
            using var client = clients.CreateClient(Client);
            using var request = RequestFor(text);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            return await UnderstandAsync(answer);
        }
        catch (Exception problem) when (SentenceFor(problem) is not null)
        {
            return new DeliveryAnswer.Closed(SentenceFor(problem)!);
        }
    }

    private HttpRequestMessage RequestFor(OutgoingText text)
    {
        var sender = settings.Value.From is { } from ? KeyValuePair.Create("From", from) : KeyValuePair.Create("MessagingServiceSid", settings.Value.MessagingServiceSid!);
        return new(HttpMethod.Post, $"2010-04-01/Accounts/{settings.Value.AccountSid}/Messages.json")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("To", text.To), sender, KeyValuePair.Create("Body", text.Body)]),
        };
    }

    /// <summary>Codes only: providers like to repeat the number in the text behind them.</summary>
    private async Task<DeliveryAnswer> UnderstandAsync(HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        var code = status is >= 400 and < 500 ? await CodeOfAsync(answer) : null;
        switch (status)
        {
            case >= 200 and < 300:
                return new DeliveryAnswer.Accepted($"{status}");
            case >= 400 and < 500 when code is { } known && AboutTheNumber.Contains(known):
                return new DeliveryAnswer.Refused($"{status} {known}");
            case 400:
                return new DeliveryAnswer.Postponed($"{status} {code}".TrimEnd());
            case 401 or 403:
                return new DeliveryAnswer.Closed($"The text provider refuses our account ({status}).");
            case 429:
                _waitUntil = clock.GetUtcNow() + WaitAskedFor(answer);
                return new DeliveryAnswer.Closed(WaitAsAsked);
            default:
                return new DeliveryAnswer.Closed($"The text provider does not work for us ({status}).");
        }
    }

    private TimeSpan WaitAskedFor(HttpResponseMessage answer)
    {
        var wait = answer.Headers.RetryAfter is { } retry ? retry.Delta ?? (retry.Date - clock.GetUtcNow()) : null;
        return wait is not { } asked ? OutboxDispatcher.LooksEvery : asked < LongestWait ? asked : LongestWait;
    }

    /// <summary>Null when the answer is not the provider's.</summary>
    private static async Task<int?> CodeOfAsync(HttpResponseMessage answer)
    {
        try
        {
            using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
            return json.RootElement.ValueKind is JsonValueKind.Object
                && json.RootElement.TryGetProperty("code", out var code) && code.ValueKind is JsonValueKind.Number && code.TryGetInt32(out var number)
                ? number
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? SentenceFor(Exception problem) => problem switch
    {
        TimeoutRejectedException => "The text provider does not answer in time.",
        BrokenCircuitException => "The text provider has failed several times; it is left alone for a while.",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "The text provider's certificate is not trusted, or its TLS is too old.",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "The text provider's name is not known here.",
        HttpRequestException { InnerException: SocketException socket } => $"The text provider cannot be reached ({socket.SocketErrorCode}).",
        HttpRequestException or IOException => "The connection to the text provider broke.",
        _ => null,
    };
}
