using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Cardea.Hosting;

public static partial class SettingsRegistration
{
    extension(IServiceCollection services)
    {
        /// <summary>Binds a feature's settings to their section and checks them before the start: a bad value stops it with a sentence.</summary>
        public IServiceCollection AddSettings<TSettings, TValidator>(string section)
            where TSettings : class
            where TValidator : class, IValidateOptions<TSettings>, new()
        {
            services.AddOptions<TSettings>().BindConfiguration(section).ValidateOnStart();
            services.AddSingleton<IValidateOptions<TSettings>>(new NamesKeys<TSettings>(section, new TValidator()));
            return services;
        }
    }

    /// <summary>"MinimumLength: The field PasswordSettings.MinimumLength must be …": what generated validators say begins like this.</summary>
    [GeneratedRegex(@"^(?<member>\w+): The field \S+")]
    private static partial Regex Generated();

    /// <summary>Whoever mends a setting looks for its key, not for our class.</summary>
    private sealed class NamesKeys<TSettings>(string section, IValidateOptions<TSettings> validator) : IValidateOptions<TSettings>
        where TSettings : class
    {
        public ValidateOptionsResult Validate(string? name, TSettings options)
        {
            var result = validator.Validate(name, options);
            return result.Failed
                ? ValidateOptionsResult.Fail(result.Failures.Select(failure => Generated().Replace(failure, $"{section}:${{member}}")))
                : result;
        }
    }
}
