using System.Net;
using Cardea.Data;
using Microsoft.AspNetCore.Routing;

namespace Cardea.Tests.Hosting;

/// <summary>The demo is a program of its own (V15.2.3): nothing that eases trying out or testing is shipped.</summary>
public sealed class ProductionIsCleanTests(CardeaApps apps)
{
    [Fact]
    public async Task No_route_belongs_to_the_demo()
    {
        var app = await apps.OnAsync(Database.Sqlite);

        var routes = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText ?? "").ToList();

        Assert.Contains(routes, route => route.Contains("sign-in", StringComparison.Ordinal));
        Assert.DoesNotContain(routes, route => route.Contains("demo", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/demo/mailbox")]
    [InlineData("/demo/mailbox.json")]
    public async Task Where_the_demo_has_its_mailbox_there_is_nothing(string path)
    {
        var app = await apps.OnAsync(Database.Sqlite);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());

        await browser.OpenAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    [Fact]
    public void The_product_refers_to_neither_demo_nor_tests()
    {
        var names = typeof(AppDbContext).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name ?? "").ToList();

        Assert.Contains("Cardea.Rules", names);
        Assert.DoesNotContain(names, name => name.Contains("demo", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(names, name => name.Contains("test", StringComparison.OrdinalIgnoreCase));
    }
}
