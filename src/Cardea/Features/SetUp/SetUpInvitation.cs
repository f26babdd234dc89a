using Cardea.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Cardea.Features.SetUp;

/// <summary>
/// Prints the set-up link of an empty registry once the server listens: on standard output as plain text, where the person who starts it looks,
/// and never through the log, which others keep.
/// </summary>
public sealed class SetUpInvitation(IServiceScopeFactory scopes, IServer server, IConfiguration configuration, TextWriter output) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<SetUpDoor>().OpenAsync(cancellationToken) is { } token)
        {
            await output.WriteLineAsync($"Nobody runs this registry yet. Set it up, once, at {new Uri(Address(), $"/set-up?{SetUpGuard.Token}={token}")}");
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Uri Address() =>
        PublicAddress.Configured(configuration)
        ?? (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } listening ? OnThisMachine(BindingAddress.Parse(listening)) : new("http://localhost"));

    /// <summary>"http://[::]:5080" listens everywhere; in the clear only this machine itself is answered.</summary>
    private static Uri OnThisMachine(BindingAddress listening) =>
        new UriBuilder(listening.Scheme, Loopback.IsLoopback(listening.Host) ? listening.Host : "localhost", listening.Port).Uri;
}
