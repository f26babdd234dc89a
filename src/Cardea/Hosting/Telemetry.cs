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

            if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            {
                return builder;
            }

            builder.Services.AddOpenTelemetry()
                .ConfigureResource(resource => resource.AddService(Name))
                .WithMetrics(metrics => metrics
                    .AddMeter(Name).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddOtlpExporter())
                .WithTracing(tracing => tracing
                    .AddSource(Name).AddAspNetCoreInstrumentation().AddNpgsql().AddOtlpExporter());
            return builder;
        }
    }
}
