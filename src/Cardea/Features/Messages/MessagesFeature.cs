using Cardea.Data;
using Cardea.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Messages;

public static class MessagesFeature
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Promising messages: whatever changes something may.</summary>
        public IHostApplicationBuilder AddMessages()
        {
            builder.Services.AddScoped<Outbox>();
            builder.Services.AddSingleton(new KnownKey(MessageSettings.Section));   // on the command line, too, where nothing is sent
            return builder;
        }

        /// <summary>Sending them: the work of a running server.</summary>
        public IHostApplicationBuilder AddMessageSending()
        {
            builder.Services.AddSettings<MessageSettings, MessageSettingsValidator>(MessageSettings.Section);
            builder.Services.AddLocalization();
            builder.Services.AddSingleton<MailKinds>();
            builder.Services.AddSingleton<MessageMetrics>();
            builder.Services.AddSingleton<SmtpCertificates>();
            builder.Services.AddScoped<IMailDelivery>(services =>
                services.GetRequiredService<IOptions<MessageSettings>>().Value.Transport switch
                {
                    MailTransport.Pickup => ActivatorUtilities.CreateInstance<PickupDelivery>(services),
                    MailTransport.Smtp => ActivatorUtilities.CreateInstance<SmtpDelivery>(services),
                });
            builder.Services.AddScoped<MailComposer>();
            builder.Services.AddScoped<SendMessages>();

            builder.Services.AddSingleton<OutboxSignal>();
            builder.Services.ConfigureDbContext<SqliteAppDbContext>(ListenForCommits);
            builder.Services.ConfigureDbContext<PostgresAppDbContext>(ListenForCommits);
            builder.Services.AddHostedService<OutboxDispatcher>();
            return builder;
        }
    }

    extension(IServiceCollection services)
    {
        /// <summary>For each feature to name the mails that it promises.</summary>
        public IServiceCollection AddMail<TMail>()
            where TMail : IMail => services.AddSingleton<MailKind, MailKind<TMail>>();
    }

    private static void ListenForCommits(IServiceProvider services, DbContextOptionsBuilder options) =>
        options.AddInterceptors(services.GetRequiredService<OutboxSignal>());
}
