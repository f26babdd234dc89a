using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Cardea.Tests.Messages.Texts;

public sealed record HeardText(string Path, string? Authorization, IReadOnlyDictionary<string, string> Form);

/// <summary>A provider of texts, with Twilio's Messages API, on a port of this machine: it takes everything until a test says what else it does.</summary>
public sealed class TextProviderServer : IAsyncDisposable
{
    public const string AccountSid = "AC0123456789abcdef0123456789abcdef", AuthToken = "correct-horse", From = "+16515550100";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<HeardText> _heard = [];
    private readonly SemaphoreSlim _silent = new(0);

    private TextProviderServer(WebApplication app) => _app = app;

    public Func<HttpContext, Task> Answer { get; set; } = Accepted;

    public Uri Address => new(_app.Urls.Single());

    public IReadOnlyList<HeardText> Heard => [.. _heard];

    public (string Key, string Value)[] Settings =>
    [
        ("Cardea:Texts:Transport", "Http"),
        ("Cardea:Texts:BaseAddress", Address.AbsoluteUri),
        ("Cardea:Texts:AccountSid", AccountSid),
        ("Cardea:Texts:AuthToken", AuthToken),
        ("Cardea:Texts:From", From),
    ];

    public static async Task<TextProviderServer> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls($"{(certificate is null ? "http" : "https")}://127.0.0.1:0");
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate));
        }

        var server = new TextProviderServer(builder.Build());
        server._app.Run(server.ServeAsync);
        await server._app.StartAsync();
        return server;
    }

    public static Task Accepted(HttpContext context) => WriteAsync(context, 201, """{"sid":"SM0123456789abcdef0123456789abcdef","status":"queued"}""");

    /// <summary>With the number in its message, as the real one does.</summary>
    public static Func<HttpContext, Task> Error(int status, int? code = null, string? retryAfter = null) => context =>
    {
        context.Response.Headers.RetryAfter = retryAfter;
        return WriteAsync(context, status, code is null ? "Not today" : $$"""{"code":{{code}},"message":"The 'To' number {{context.Request.Form["To"]}} is not one.","status":{{status}}}""");
    };

    public static Task HangUp(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>An answer that goes on until nobody reads it any more.</summary>
    public static Func<HttpContext, Task> Endless(int status) => async context =>
    {
        context.Response.StatusCode = status;
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.WriteAsync(new string(' ', 10_000), context.RequestAborted);
        }
    };

    public static Func<HttpContext, Task> Redirect(int status) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = "/elsewhere";
        return Task.CompletedTask;
    };

    public async Task Silence(HttpContext context)
    {
        _silent.Release();
        await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
    }

    /// <summary>The beginning of an answer, and then nothing.</summary>
    public async Task SilenceAfterHeaders(HttpContext context)
    {
        context.Response.StatusCode = 400;
        await context.Response.WriteAsync("{", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await Silence(context);
    }

    public Task WhenSilentAsync() => _silent.WaitAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : FormCollection.Empty;
        _heard.Enqueue(new(
            $"{context.Request.Method} {context.Request.Path}", context.Request.Headers.Authorization, form.ToDictionary(field => field.Key, field => field.Value.ToString())));
        try
        {
            await Answer(context);
        }
        catch (OperationCanceledException)
        {
            // The other side has gone.
        }
    }

    private static Task WriteAsync(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json, Encoding.UTF8);
    }
}
