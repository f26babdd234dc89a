namespace Cardea.Features.Organizations;

public static class OrganizationsFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddOrganizations()
        {
            builder.Services.AddScoped<CreateOrganization>();
            return builder;
        }
    }
}
