using Cardea.Features.Messages;
using Cardea.Hosting;
using Cardea.Hosting.Jobs;

namespace Cardea.Features.Organizations;

public static class OrganizationsFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddOrganizations()
        {
            builder.Services.AddSettings<OrganizationSettings, OrganizationSettingsValidator>(OrganizationSettings.Section);
            builder.Services.AddScoped<FindOrganizations>();
            builder.Services.AddScoped<CountPeople>();
            builder.Services.AddScoped<CreateOrganization>();
            builder.Services.AddScoped<ChangeOrganization>();
            builder.Services.AddScoped<DeactivateOrganization>();
            builder.Services.AddScoped<ReactivateOrganization>();
            builder.Services.AddMail<AgreementEndsMail>();
            builder.Services.AddHourlyJob<RemindOfAgreements>();
            return builder;
        }
    }
}
