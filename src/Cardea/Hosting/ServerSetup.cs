using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;

namespace Cardea.Hosting;

/// <summary>Kestrel's limits and known proxies.</summary>
public static class ServerSetup
{
    /// <summary>The longest form has three answers and three questions; nothing we ask for comes near this .</summary>
    private const int LongestBody = 64 * 1024;

    public const string KnownProxiesKey = "Cardea:KnownProxies";

    extension(WebApplicationBuilder builder)
    {
        public WebApplicationBuilder AddServer()
        {
            builder.Services.AddSystemd();
            builder.Services.AddSingleton<Turnstile>();
            builder.Services.AddSingleton<OnePersonsShare>();
            builder.WebHost.UseStaticWebAssets();   // before publishing, files lie where they were built
            builder.WebHost.UseSetting("ReloadStaticAssetsAtRuntime", "false");   // and are sent as compressed as published ones
            builder.WebHost.ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = LongestBody;
                kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
                kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            });
            builder.Services.Configure<FormOptions>(form =>
            {
                form.ValueCountLimit = 64;
                form.KeyLengthLimit = 200;
                form.BufferBodyLengthLimit = LongestBody;
            });
            builder.Services.Configure<ForwardedHeadersOptions>(TrustKnownProxies(builder.Configuration));
            builder.Services.AddSingleton<SpareMemory>();
            _ = PublicAddress.Configured(builder.Configuration);   // a mistake in it stops the start
            return builder;
        }
    }

    extension(WebApplication app)
    {
        public void SettleOnceStarted() => app.Lifetime.ApplicationStarted.Register(app.Services.GetRequiredService<SpareMemory>().GiveBack);
    }

    private static Action<ForwardedHeadersOptions> TrustKnownProxies(IConfiguration configuration) => options =>
    {
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        options.ForwardLimit = null;   // however many stand in a row: the first address that is not one of them is the person's
        if (configuration[KnownProxiesKey] is { Length: > 0 })
        {
            throw new ConfigurationMistakeException($"{KnownProxiesKey} is a list: write {KnownProxiesKey}:0, {KnownProxiesKey}:1 and so on.");
        }

        foreach (var proxy in configuration.GetSection(KnownProxiesKey).Get<string[]>() ?? [])
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;   // not before: an empty list trusts everybody
            options.KnownProxies.Add(IPAddress.TryParse(proxy, out var address)
                ? address
                : throw new ConfigurationMistakeException($"{KnownProxiesKey} has \"{proxy}\", which is not an IP address."));
        }
    };
}
