using Cardea.Features.Messages;
using Cardea.Hosting;
using Cardea.Hosting.Jobs;

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
            builder.Services.AddHourlyJob<SendNotices>();
            builder.Services.AddHourlyJob<InactivateAccounts>();
            builder.Services.AddHourlyJob<ForgetOldThings>();
            return builder;
        }
    }
}
