namespace Cardea.Features.Messages;

public static class MessagesFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddMessages()
        {
            builder.Services.AddScoped<Outbox>();
            return builder;
        }
    }
}
