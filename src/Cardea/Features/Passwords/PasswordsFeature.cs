using Cardea.Features.Accounts;
using Cardea.Features.Messages;
using Cardea.Hosting;
using Microsoft.AspNetCore.Identity;

namespace Cardea.Features.Passwords;

public static class PasswordsFeature
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddPasswords()
        {
            builder.Services.AddSettings<PasswordSettings, PasswordSettingsValidator>(PasswordSettings.Section);
            builder.Services.AddSettings<HashingSettings, HashingSettingsValidator>(HashingSettings.Section);
            builder.Services.AddSingleton<PasswordHashes>();
            builder.Services.AddSingleton<HashingGate>();
            builder.Services.AddSingleton<IPasswordHasher<Account>, AccountPasswordHasher>();
            builder.Services.AddSingleton<CommonPasswords>();
            builder.Services.AddScoped<PasswordChecker>();
            builder.Services.AddScoped<IPasswordValidator<Account>, PolicyPasswordValidator>();
            builder.Services.AddScoped<PasswordsOnFile>();
            builder.Services.AddScoped<ChangePassword>();
            builder.Services.AddScoped<ReplacePassword>();
            builder.Services.AddScoped<FlagCompromisedPassword>();
            builder.Services.AddMail<PasswordChangedMail>();
            builder.Services.AddMail<PasswordCompromisedMail>();
            builder.Services.AddScoped<TemporaryPasswords>();
            return builder;
        }
    }
}
