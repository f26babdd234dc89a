using Cardea.Features.Messages;
using Cardea.Hosting;

namespace Cardea.Features.Alarms;

public static class AlarmsFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddAlarms()
        {
            builder.Services.AddScoped<AlarmNotices>();
            builder.Services.AddScoped<FreezeAccount>();
            builder.Services.AddMail<NewDeviceMail>();
            builder.Services.AddMail<AccountFrozenMail>();
            return builder;
        }

        /// <summary>The work of a running server.</summary>
        public IHostApplicationBuilder AddAlarmWatch()
        {
            builder.Services.AddRound<WatchForNewDevices>();
            return builder;
        }
    }
}
