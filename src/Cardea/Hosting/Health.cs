using Cardea.Data;
using Cardea.Features.Sessions;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Cardea.Hosting;

/// <summary>For load balancers and service managers: alive, and able to serve. They tell nothing else (V13.4).</summary>
public static class Health
{
    private const string Ready = "ready";

    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddHealth()
        {
            builder.Services.AddHealthChecks().AddDbContextCheck<AppDbContext>("database", tags: [Ready]);
            return builder;
        }
    }

    extension(WebApplication app)
    {
        public WebApplication MapHealth()
        {
            app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false })
                .WithMetadata(new NeedsNoSession()).AllowAnonymous();
            app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) })
                .WithMetadata(new NeedsNoSession()).AllowAnonymous();
            return app;
        }
    }
}
