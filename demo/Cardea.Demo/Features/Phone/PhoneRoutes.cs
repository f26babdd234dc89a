using Cardea.Features.Sessions;

namespace Cardea.Demo.Features.Phone;

/// <summary>Open to everybody who reaches the demo, at any step of a sign-in: it stands for the phone beside the keyboard.</summary>
public static class PhoneRoutes
{
    public const string Page = "/demo/phone";

    extension(WebApplicationBuilder builder)
    {
        public WebApplicationBuilder AddPhone()
        {
            builder.Services.AddScoped<Phone>();
            return builder;
        }
    }

    extension(WebApplication app)
    {
        public WebApplication MapPhone()
        {
            app.MapGet($"{Page}.json", (Phone phone, CancellationToken cancellationToken) => phone.CodesAsync(cancellationToken))
                .WithMetadata(new NeedsNoSession()).AllowAnonymous();
            return app;
        }
    }
}
