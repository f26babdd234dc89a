using Cardea.Data;
using Cardea.Features.Messages.Texts;
using Cardea.Hosting;
using Cardea.Hosting.Jobs;
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
            builder.Services.AddSettings<TextSettings, TextSettingsValidator>(TextSettings.Section);
            builder.Services.AddSingleton<TextMetrics>();
            builder.Services.AddScoped<TextCaps>();
            builder.Services.AddText<SignInCodeText>();
            builder.Services.AddMail<TextsStoppedMail>();
            builder.Services.AddHourlyJob<ForgetTextCounts>();
            return builder;
        }

        /// <summary>Sending them: the work of a running server.</summary>
        public IHostApplicationBuilder AddMessageSending()
        {
            builder.Services.AddSettings<MessageSettings, MessageSettingsValidator>(MessageSettings.Section);
            builder.Services.AddLocalization();
            builder.Services.AddSingleton<MessageKinds>();
            builder.Services.AddSingleton<MessageMetrics>();
            builder.Services.AddSingleton<SmtpCertificates>();
            builder.Services.AddScoped<IMailDelivery>(services =>
                services.GetRequiredService<IOptions<MessageSettings>>().Value.Transport switch
                {
                    MailTransport.Pickup => ActivatorUtilities.CreateInstance<PickupDelivery>(services),
                    MailTransport.Smtp => ActivatorUtilities.CreateInstance<SmtpDelivery>(services),
                });
            builder.Services.AddScoped<MailComposer>();
            builder.AddTextDelivery();
            builder.Services.AddScoped<TextComposer>();
            builder.Services.AddScoped<SendMessages>();

            builder.Services.AddSingleton<OutboxSignal>();
            builder.Services.ConfigureDbContext<SqliteAppDbContext>(ListenForCommits);
            builder.Services.ConfigureDbContext<PostgresAppDbContext>(ListenForCommits);
            builder.Services.AddHostedService<OutboxDispatcher>();
            return builder;
        }

        private void AddTextDelivery()
        {
            switch (builder.Configuration.GetSection(TextSettings.Section).GetValue<TextTransport>(nameof(TextSettings.Transport)))
            {
                case TextTransport.Pickup:
                    builder.Services.AddSingleton<ITextDelivery, TextPickup>();
                    break;
                case TextTransport.Http:
                    builder.Services.AddTextProvider();
                    break;
            }
        }
    }

    extension(IServiceCollection services)
    {
        /// <summary>For each feature to name the mails that it promises.</summary>
        public IServiceCollection AddMail<TMail>()
            where TMail : IMail => services.AddSingleton<MessageKind>(new MessageKind<TMail>(MessageChannel.Mail));

        /// <summary>And the texts.</summary>
        public IServiceCollection AddText<TText>()
            where TText : IText => services.AddSingleton<MessageKind>(new MessageKind<TText>(MessageChannel.Text));
    }

    private static void ListenForCommits(IServiceProvider services, DbContextOptionsBuilder options) =>
        options.AddInterceptors(services.GetRequiredService<OutboxSignal>());
}
