using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Cardea.Hosting;

/// <summary>JSON lines on the console; metrics and traces over OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set.</summary>
public static class Telemetry
{
    public const string Name = "Cardea";

    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddTelemetry()
        {
            builder.Logging.ClearProviders();
            builder.Logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                console.IncludeScopes = false;
            });

            if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
            {
                AddExport(builder.Services);
            }

            return builder;
        }
    }

    /// <summary>On its own, so that the libraries stay out of memory where nobody collects.</summary>
    private static void AddExport(IServiceCollection services) => services.AddOpenTelemetry()
        .ConfigureResource(resource => resource.AddService(Name))
        .WithMetrics(metrics => metrics
            .AddMeter(Name).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddOtlpExporter())
        .WithTracing(tracing => tracing
            .AddSource(Name).AddAspNetCoreInstrumentation().AddNpgsql().AddOtlpExporter());
}
