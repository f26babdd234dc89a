using Cardea.Hosting;

namespace Cardea.Features.Announcements;

public static class AnnouncementsFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddAnnouncements()
        {
            builder.Services.AddSingleton<AnnouncementWriters>();
            builder.Services.AddSingleton<MaintenanceNotices>();
            builder.Services.AddScoped<WatchForMaintenance>();
            builder.Services.AddScoped<WriteAnnouncement>();
            builder.Services.AddScoped<ChangeAnnouncement>();
            builder.Services.AddScoped<WithdrawAnnouncement>();
            builder.Services.AddScoped<MarkAnnouncementRead>();
            return builder;
        }

        /// <summary>The work of a running server.</summary>
        public IHostApplicationBuilder AddMaintenanceWatch()
        {
            builder.Services.AddRound<WatchForMaintenance>();
            return builder;
        }
    }
}
