using Microsoft.Extensions.Options;

namespace Cardea.Hosting;

public static class SettingsRegistration
{
    extension(IServiceCollection services)
    {
        /// <summary>Binds a feature's settings to their section and checks them before the start: a bad value stops it with a sentence.</summary>
        public IServiceCollection AddSettings<TSettings, TValidator>(string section)
            where TSettings : class
            where TValidator : class, IValidateOptions<TSettings>
        {
            services.AddOptions<TSettings>().BindConfiguration(section).ValidateOnStart();
            services.AddSingleton<IValidateOptions<TSettings>, TValidator>();
            return services;
        }
    }
}
