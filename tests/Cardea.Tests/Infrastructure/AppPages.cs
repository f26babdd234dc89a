using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;

namespace Cardea.Tests.Infrastructure;

public static class AppPages
{
    extension(CardeaApp app)
    {
        /// <summary>The addresses of all pages there are.</summary>
        public IReadOnlyList<string> Pages =>
        [
            .. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .Where(route => route.Metadata.GetMetadata<PageActionDescriptor>() is not null)
                .Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/'))
                .Distinct(),
        ];
    }
}
