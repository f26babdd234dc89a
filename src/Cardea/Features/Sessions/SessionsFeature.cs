using Cardea.Hosting;
using Microsoft.AspNetCore.Authentication;

namespace Cardea.Features.Sessions;

public static class SessionsFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddSessions()
        {
            builder.Services.AddSettings<SessionSettings, SessionSettingsValidator>(SessionSettings.Section);
            builder.Services.AddScoped<SessionStore>();
            builder.Services.AddScoped<EndOtherSessions>();
            builder.Services.AddSingleton<Drafts>();
            builder.Services
                .AddAuthentication(SessionAuthentication.SchemeName)
                .AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.SchemeName, configureOptions: null);
            return builder;
        }
    }
}
