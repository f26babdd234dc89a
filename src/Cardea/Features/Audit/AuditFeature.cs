namespace Cardea.Features.Audit;

public static class AuditFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddAudit()
        {
            builder.Services.AddScoped<Actor>();
            builder.Services.AddScoped<AuditTrail>();
            return builder;
        }
    }
}
