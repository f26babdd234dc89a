namespace Cardea.Tests.Infrastructure;

/// <summary>One app on a real port for a test class that speaks to it byte by byte.</summary>
public sealed class NetworkApp : IAsyncLifetime
{
    private CardeaApp? _app;

    public CardeaApp App => _app!;

    public async ValueTask InitializeAsync() => _app = await CardeaApp.StartOnNetworkAsync(Database.Sqlite, TestHashes.RealCost);

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
