using Cardea.Features.Messages;
using Cardea.Hosting;

namespace Cardea.Features.Recovery;

public static class RecoveryFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddRecovery()
        {
            builder.Services.AddSettings<RecoverySettings, RecoverySettingsValidator>(RecoverySettings.Section);
            builder.Services.AddScoped<AskForRecovery>();
            builder.Services.AddScoped<RecoveringPeople>();
            builder.Services.AddScoped<FulfilRequest>();
            builder.Services.AddScoped<AnswerTries>();
            builder.Services.AddScoped<ResetLinks>();
            builder.Services.AddScoped<FollowLink>();
            builder.Services.AddScoped<AnswerQuestion>();
            builder.Services.AddScoped<ProveFactor>();
            builder.Services.AddScoped<PasswordByLink>();
            builder.Services.AddScoped<ResetPassword>();
            builder.Services.AddMail<ResetLinkMail>();
            builder.Services.AddMail<ResetRefusedMail>();
            builder.Services.AddMail<AccountHardLockedMail>();
            builder.Services.AddMail<SignInNamesMail>();
            return builder;
        }

        /// <summary>The work of a running server.</summary>
        public IHostApplicationBuilder AddRecoveryDesk()
        {
            builder.Services.AddRound<WorkOffRequests>();
            return builder;
        }
    }
}
