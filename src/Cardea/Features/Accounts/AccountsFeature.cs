using Cardea.Data;
using Microsoft.AspNetCore.Identity;

namespace Cardea.Features.Accounts;

public static class AccountsFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddAccounts()
        {
            builder.Services
                .AddIdentityCore<Account>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
                .AddEntityFrameworkStores<AppDbContext>();
            builder.Services.AddScoped<ILookupNormalizer, ExactNames>();
            return builder;
        }
    }
}
