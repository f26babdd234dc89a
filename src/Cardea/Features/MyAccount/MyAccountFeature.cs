using Cardea.Features.Messages;

namespace Cardea.Features.MyAccount;

public static class MyAccountFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddMyAccount()
        {
            builder.Services.AddMail<DetailsChangedMail>();
            builder.Services.AddScoped<ChangeDetails>();
            return builder;
        }
    }
}
