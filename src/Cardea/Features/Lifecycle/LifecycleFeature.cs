using Cardea.Features.Messages;
using Cardea.Hosting;

namespace Cardea.Features.Lifecycle;

public static class LifecycleFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddLifecycle()
        {
            builder.Services.AddSettings<LifecycleSettings, LifecycleSettingsValidator>(LifecycleSettings.Section);
            builder.Services.AddScoped<ReactivateAccount>();
            builder.Services.AddMail<PasswordExpiresMail>();
            builder.Services.AddMail<BecomesInactiveMail>();
            builder.Services.AddMail<ReactivatedMail>();
            return builder;
        }

        /// <summary>The work of a running server.</summary>
        public IHostApplicationBuilder AddLifecycleRounds()
        {
            builder.Services.AddRound<SendNotices>();
            builder.Services.AddRound<InactivateAccounts>();
            builder.Services.AddRound<ForgetOldThings>();
            return builder;
        }
    }
}
