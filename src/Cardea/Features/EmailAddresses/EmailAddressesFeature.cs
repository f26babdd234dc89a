using Cardea.Features.Messages;
using Cardea.Hosting;

namespace Cardea.Features.EmailAddresses;

public static class EmailAddressesFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddEmailAddresses()
        {
            builder.Services.AddSettings<EmailAddressSettings, EmailAddressSettingsValidator>(EmailAddressSettings.Section);
            builder.Services.AddMail<EmailCodeMail>();
            builder.Services.AddMail<EmailChangedMail>();
            builder.Services.AddScoped<ConfirmEmail>();
            builder.Services.AddScoped<SendEmailCode>();
            builder.Services.AddScoped<ChangeEmail>();
            return builder;
        }
    }
}
