using Cardea.Data;
using Cardea.Features.Messages;
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
            builder.Services.AddScoped<AccountFinder>();
            builder.Services.AddScoped<NamesOnFile>();
            builder.Services.AddScoped<FindablePeople>();
            builder.Services.AddScoped<NewAccounts>();
            builder.Services.AddScoped<CreateAccount>();
            builder.Services.AddScoped<DisableAccount>();
            builder.Services.AddScoped<EnableAccount>();
            builder.Services.AddScoped<ChangeLanguage>();
            builder.Services.AddScoped<UnlockAccount>();
            builder.Services.AddScoped<WhyNotIn>();
            builder.Services.AddScoped<PeopleInReach>();
            builder.Services.AddScoped<TellOwner>();
            builder.Services.AddScoped<EndSessions>();
            builder.Services.AddScoped<DeleteAccount>();
            builder.Services.AddScoped<RestoreAccount>();
            builder.Services.AddScoped<ChangeRoles>();
            builder.Services.AddScoped<ChangePerson>();
            builder.Services.AddScoped<GiveAccess>();
            builder.Services.AddScoped<ChangeAccess>();
            builder.Services.AddScoped<EndAccess>();
            builder.Services.AddScoped<GiveNewPassword>();
            builder.Services.AddMail<NewPasswordMail>();
            builder.Services.AddMail<HelpGivenMail>();
            return builder;
        }
    }
}
