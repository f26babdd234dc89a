using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace Cardea.Features.Messages.Texts;

/// <summary>The way to the provider of texts.</summary>
public static class TextProvider
{
    /// <summary>Bytes of an error that we read for its code.</summary>
    private const int LongestAnswer = 16 * 1024;

    private const int LongestHeadersKiB = 16;

    extension(IServiceCollection services)
    {
        /// <summary>On its own, so that the libraries stay out of memory where texts take no such way.</summary>
        public IServiceCollection AddTextProvider()
        {
            services.AddSingleton<ITextDelivery, HttpTextDelivery>();
            var client = services.AddHttpClient(HttpTextDelivery.Client, (provider, client) => SetUp(client, provider.GetRequiredService<IOptions<TextSettings>>().Value))
                .RemoveAllLoggers()   // the account is in the address
                .ConfigurePrimaryHttpMessageHandler(provider => Connections(provider.GetRequiredService<IOptions<TextSettings>>().Value))
                .SetHandlerLifetime(Timeout.InfiniteTimeSpan);   // its connections have a lifetime of their own
            client.AddResilienceHandler("attempt", Watch);
            client.AddHttpMessageHandler(() => new ReadErrors());   // inside: reading takes part of the time of the attempt
            return services;
        }
    }

    private static void SetUp(HttpClient client, TextSettings settings)
    {
        client.BaseAddress = new(settings.BaseAddress.AbsoluteUri.TrimEnd('/') + '/');
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.AccountSid}:{settings.AuthToken}")));
        client.Timeout = Timeout.InfiniteTimeSpan;   // the attempt has its own, by our clock
    }

    /// <summary>What holds a number and a code goes to the address that was set and nowhere else: no redirects, no proxy of the environment.</summary>
    private static SocketsHttpHandler Connections(TextSettings settings) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = settings.Timeout,
        MaxResponseHeadersLength = LongestHeadersKiB,
        MaxResponseDrainSize = LongestAnswer,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),   // its name may come to mean another machine
        SslOptions = { CertificateRevocationCheckMode = X509RevocationMode.Online },
    };

    /// <summary>One attempt, limited in time; and none for half a minute where most have failed. No retry: that is the outbox's (0008).</summary>
    private static void Watch(ResiliencePipelineBuilder<HttpResponseMessage> attempt, ResilienceHandlerContext context)
    {
        attempt.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
        attempt
            .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = 5,
                SamplingDuration = TimeSpan.FromMinutes(2),
                BreakDuration = TimeSpan.FromSeconds(30),
            })
            .AddTimeout(new HttpTimeoutStrategyOptions { Timeout = context.ServiceProvider.GetRequiredService<IOptions<TextSettings>>().Value.Timeout });
    }

    /// <summary>An error is read, as far as it is short. Whatever else an accepted text is answered with, it is accepted.</summary>
    private sealed class ReadErrors : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if ((int)answer.StatusCode is >= 400 and < 500)
            {
                try
                {
                    await answer.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken);
                }
                catch
                {
                    answer.Dispose();
                    throw;
                }
            }

            return answer;
        }
    }
}
