using Cardea.Hosting;

namespace Cardea.Features.Agreements;

public static class AgreementsFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddAgreements()
        {
            builder.Services.AddSettings<AgreementSettings, AgreementSettingsValidator>(AgreementSettings.Section);
            builder.Services.AddScoped<AcceptAgreement>();
            builder.Services.AddScoped<PublishAgreement>();
            return builder;
        }
    }
}
