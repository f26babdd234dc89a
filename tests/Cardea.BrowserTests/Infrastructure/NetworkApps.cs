using System.Collections.Concurrent;
using Cardea.Features.Agreements;
using Cardea.Features.SetUp;

[assembly: AssemblyFixture(typeof(NetworkApps))]

namespace Cardea.BrowserTests.Infrastructure;

/// <summary>
/// One app per database for the whole run, on a real port, of a registry with a help desk and agreements in force. Tests add people of their
/// own and leave its clock alone; who moves time starts an app with <see cref="StartAsync"/>.
/// </summary>
public sealed class NetworkApps : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Database, Lazy<Task<CardeaApp>>> _apps = [];

    public Task<CardeaApp> OnAsync(Database database) => _apps.GetOrAdd(database, one => new(() => StartAsync(one))).Value;

    public static async Task<CardeaApp> StartAsync(Database database)
    {
        var app = await CardeaApp.StartOnNetworkAsync(database);
        await app.WriteAsync(async db =>
        {
            await db.Registry.ExecuteDeleteAsync();   // the open set-up door
            db.Add(new Registry
            {
                DisplayName = "Prairie Immunization Registry",
                HelpDeskName = "Prairie Help Desk",
                HelpDeskEmail = "help@prairie.example",
                HelpDeskPhone = "+1 555 010 0199",
                HelpDeskWeb = "https://prairie.example/help",
                SetUpClosedAt = app.Clock.GetUtcNow(),
            });
            await db.SaveChangesAsync();
        });
        app.Services.GetRequiredService<RegistryProfile>().Forget();
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "agreements"), "*.txt"))
        {
            var draft = AgreementFile.Read(await File.ReadAllTextAsync(file)).Draft;
            Assert.IsType<PublishAgreementOutcome.Published>(
                await app.RunAsync((PublishAgreement publish) => publish.RunAsync(draft, CancellationToken.None)));
        }

        return app;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps.Values)
        {
            await (await app.Value).DisposeAsync();
        }
    }
}
