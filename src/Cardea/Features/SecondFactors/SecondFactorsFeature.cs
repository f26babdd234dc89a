using Cardea.Features.Messages;
using Cardea.Features.SecondFactors.Authenticators;
using Cardea.Features.SecondFactors.Clinics;
using Cardea.Features.SecondFactors.Codes;
using Cardea.Features.SecondFactors.Devices;
using Cardea.Features.SecondFactors.Passkeys;
using Cardea.Features.SecondFactors.Recovery;
using Cardea.Features.SecondFactors.Security;
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
            builder.Services.AddScoped<FactorWays>();
            builder.Services.AddScoped<AddFactor>();
            builder.Services.AddScoped<RecoveryCodes>();
            builder.Services.AddScoped<BeginAuthenticator>();
            builder.Services.AddScoped<AddAuthenticator>();
            builder.Services.AddScoped<ProveByAuthenticator>();
            builder.Services.AddScoped<ProveByRecoveryCode>();
            builder.Services.AddScoped<RememberedDevices>();
            builder.Services.AddScoped<RenameFactor>();
            builder.Services.AddScoped<RemoveFactor>();
            builder.Services.AddScoped<ReplaceRecoveryCodes>();
            builder.Services.AddScoped<ResetSecondFactor>();
            builder.Services.AddMail<FactorsResetMail>();
            builder.Services.AddMail<FactorRemovedMail>();
            builder.Services.AddMail<RecoveryCodesBlockedMail>();
            builder.Services.AddMail<RecoveryCodesReplacedMail>();
            builder.Services.AddScoped<ChangeFactorSetting>();
            builder.Services.AddScoped<CodeTries>();
            builder.Services.AddScoped<CodeDestinations>();
            builder.Services.AddScoped<SendCode>();
            builder.Services.AddScoped<ProveByCode>();
            builder.Services.AddScoped<AddByCode>();
            builder.Services.AddScoped<PasskeyStore>();
            builder.Services.AddScoped<PasskeyHandlers>();
            builder.Services.AddScoped<PasskeyChallenges>();
            builder.Services.AddScoped<PasskeyRecords>();
            builder.Services.AddScoped<BeginPasskey>();
            builder.Services.AddScoped<AddPasskey>();
            builder.Services.AddScoped<ProveByPasskey>();
            builder.Services.AddMail<SignInCodeMail>();
            builder.Services.AddMail<FactorAddedMail>();
            builder.Services.AddMail<FactorBlockedMail>();
            builder.Services.AddMail<RecoveryCodeUsedMail>();
            builder.Services.AddMail<PasskeyCountFellMail>();
            return builder;
        }
    }
}
