using Cardea.Features.Messages;

namespace Cardea.Features.Callers;

public static class CallersFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddCallers()
        {
            builder.Services.AddScoped<CallerCodes>();
            builder.Services.AddScoped<CallerChecks>();
            builder.Services.AddScoped<ShowCallerCode>();
            builder.Services.AddScoped<MailCallerCode>();
            builder.Services.AddScoped<CheckCaller>();
            builder.Services.AddMail<CallerCodeMail>();
            return builder;
        }
    }
}
