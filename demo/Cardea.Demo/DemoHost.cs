using System.Net;
using System.Net.Sockets;
using Cardea.Data;
using Cardea.Demo.Features.Mailbox;
using Cardea.Demo.Features.Mails;
using Cardea.Demo.Features.Phone;
using Cardea.Features.Messages;
using Cardea.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cardea.Demo;

public sealed record DemoOptions
{
    public required int Port { get; init; }

    /// <summary>Null for a fresh start in the usual folder.</summary>
    public required string? Data { get; init; }

    public required TimeSpan ClockOffset { get; init; }

    public required string? Policy { get; init; }
}

/// <summary>The product, composed as in production, with another clock, sample data, a mailbox and a phone.</summary>
public static class DemoHost
{
    public static async Task RunAsync(DemoOptions options, CancellationToken cancellationToken)
    {
        using var folder = DemoFolder.Open(options.Data);
        var kept = folder.KeptAccounts();
        var url = $"http://localhost:{AvailablePort(options.Port)}";
        var clock = new MovedClock();

        await using var app = Build(options, folder, url, clock);
        await app.PrepareAsync();
        var accounts = kept;
        if (accounts is null)
        {
            accounts = await new Seeding(app.Services, clock, url).RunAsync(options.ClockOffset, cancellationToken);
            await new DaysGoneBy(app.Services, clock).LiveThroughAsync(options.ClockOffset, cancellationToken);
        }

        clock.Offset = options.ClockOffset;

        await app.StartAsync(cancellationToken);
        var description = new DemoDescription(url, accounts);
        folder.Write(description);
        description.Print(Console.Out, folder, options.ClockOffset);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private static WebApplication Build(DemoOptions options, DemoFolder folder, string url, MovedClock clock)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(DemoHost).Assembly.GetName().Name,   // whose static files are served and whose pages are found
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseUrls(url);
        builder.Configuration.AddInMemoryCollection(
        [
            new($"{DataSettings.Section}:{nameof(DataSettings.Data)}", folder.Path),
            new(PublicAddress.Key, url),

            // Whatever this machine is set up for: samples go into no real database, and mails to nobody.
            new($"ConnectionStrings:{DataSettings.ConnectionName}", ""),
            new($"{MessageSettings.Section}:{nameof(MessageSettings.Transport)}", nameof(MailTransport.Pickup)),
        ]);
        if (options.Policy is { } policy)
        {
            builder.Configuration[Policies.PolicyPreset.Key] = policy;
        }

        builder.AddCardea();
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        builder.AddMailbox(folder);
        builder.AddPhone();
        builder.AddMails();

        var app = builder.Build();
        app.UseCardea();
        app.MapMailbox();
        app.MapPhone();
        app.MapMails();
        return app;
    }

    /// <summary>
    /// Taken for a moment and let go: links in mails must name the port before the server has it, and a taken one is better found before
    /// the database is filled.
    /// </summary>
    private static int AvailablePort(int wanted)
    {
        using var listener = new TcpListener(IPAddress.Loopback, wanted);
        try
        {
            listener.Start();
        }
        catch (SocketException problem)
        {
            throw new ConfigurationMistakeException($"port {wanted} cannot be had ({problem.Message}): name another one with --port.");
        }

        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
