using Cardea.Features.Messages;
using Cardea.Features.SignIn.Journey;
using Cardea.Features.SignIn.Passkeys;
using Cardea.Features.SignIn.Tries;
using Cardea.Hosting;

namespace Cardea.Features.SignIn;

public static class SignInFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddSignIn()
        {
            builder.Services.AddSettings<SignInSettings, SignInSettingsValidator>(SignInSettings.Section);
            builder.Services.AddSingleton<SignInJourney>();
            builder.Services.AddScoped<StepsOfThisSession>();
            builder.Services.AddSingleton<SignInMetrics>();
            builder.Services.AddScoped<NamedAccounts>();
            builder.Services.AddScoped<SignInTries>();
            builder.Services.AddScoped<LastOperator>();
            builder.Services.AddScoped<Barred>();
            builder.Services.AddScoped<BeginSession>();
            builder.Services.AddScoped<ChooseOrganization>();
            builder.Services.AddScoped<SignInWithPassword>();
            builder.Services.AddScoped<SignInChallenges>();
            builder.Services.AddScoped<SignInWithPasskey>();
            builder.Services.AddMail<AccountLockedMail>();
            return builder;
        }
    }
}
