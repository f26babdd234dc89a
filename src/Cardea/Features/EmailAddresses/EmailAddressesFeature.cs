using Cardea.Hosting;

namespace Cardea.Features.EmailAddresses;

public static class EmailAddressesFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddEmailAddresses()
        {
            builder.Services.AddSettings<EmailAddressSettings, EmailAddressSettingsValidator>(EmailAddressSettings.Section);
            return builder;
        }
    }
}
