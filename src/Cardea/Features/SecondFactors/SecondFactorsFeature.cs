using Cardea.Features.Messages;
using Cardea.Hosting;

namespace Cardea.Features.SecondFactors;

public static class SecondFactorsFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddSecondFactors()
        {
            builder.Services.AddSettings<SecondFactorSettings, SecondFactorSettingsValidator>(SecondFactorSettings.Section);
            builder.Services.AddSingleton<AuthenticatorKeys>();
            builder.Services.AddScoped<FactorTries>();
            builder.Services.AddScoped<RecoveryCodes>();
            builder.Services.AddScoped<BeginAuthenticator>();
            builder.Services.AddScoped<AddAuthenticator>();
            builder.Services.AddScoped<ProveByAuthenticator>();
            builder.Services.AddScoped<ProveByRecoveryCode>();
            builder.Services.AddMail<FactorAddedMail>();
            builder.Services.AddMail<FactorBlockedMail>();
            builder.Services.AddMail<RecoveryCodeUsedMail>();
            return builder;
        }
    }
}
