using System.Collections;
using System.Reflection;
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
            services.AddSingleton(new KnownKey(section));
            services.AddSingleton<IValidateOptions<TSettings>>(new NamesKeys<TSettings>(section, new TValidator()));
            services.AddSingleton<IValidateOptions<TSettings>>(provider =>
                new KnowsKeys<TSettings>(provider.GetRequiredService<IConfiguration>().GetSection(section)));
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

    /// <summary>A misspelt key is not passed over: without its "AnyOf", a permission would be everybody's.</summary>
    private sealed class KnowsKeys<TSettings>(IConfigurationSection section) : IValidateOptions<TSettings>
        where TSettings : class
    {
        public ValidateOptionsResult Validate(string? name, TSettings options) =>
            ComplaintsAbout(section, typeof(TSettings)).ToList() is { Count: > 0 } complaints
                ? ValidateOptionsResult.Fail(complaints)
                : ValidateOptionsResult.Success;

        private static IEnumerable<string> ComplaintsAbout(IConfigurationSection section, Type settings)
        {
            foreach (var child in section.GetChildren())
            {
                var property = settings.GetProperty(child.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
                if (property is null)
                {
                    yield return $"{child.Path} is no setting.";
                }
                else if (property.PropertyType.GetGenericArguments() is [var type] && typeof(IEnumerable).IsAssignableFrom(property.PropertyType))
                {
                    if (child.Value is { Length: > 0 })
                    {
                        yield return $"{child.Path} is a list: write {child.Path}:0, {child.Path}:1 and so on.";
                    }

                    foreach (var complaint in child.GetChildren().SelectMany(row => ComplaintsAboutRow(row, type)))
                    {
                        yield return complaint;
                    }
                }
            }
        }

        /// <summary>The binder passes over a row of a list that it cannot read. Reading the row by itself throws, with its key in the message.</summary>
        private static IEnumerable<string> ComplaintsAboutRow(IConfigurationSection row, Type type)
        {
            _ = row.Get(type);
            return type.IsClass && type != typeof(string) ? ComplaintsAbout(row, type) : [];
        }
    }
}
