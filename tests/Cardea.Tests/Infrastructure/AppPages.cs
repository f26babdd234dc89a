using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;

namespace Cardea.Tests.Infrastructure;

public static partial class AppPages
{
    extension(CardeaApp app)
    {
        /// <summary>The addresses of all pages there are.</summary>
        public IReadOnlyList<string> Pages =>
        [
            .. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .Where(route => route.Metadata.GetMetadata<PageActionDescriptor>() is not null)
                .Select(route => route.Door)
                .Distinct(),
        ];
    }

    extension(RouteEndpoint route)
    {
        /// <summary>Its address; where that names a thing, one that is not there.</summary>
        public string Door => "/" + Parameter().Replace(route.RoutePattern.RawText!.TrimStart('/'), "00000000-0000-7000-8000-000000000000");
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
