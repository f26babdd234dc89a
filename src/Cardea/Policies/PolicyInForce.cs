using System.Collections;
using System.Reflection;
using System.Text.Json;
using Cardea.Features.Agreements;
using Cardea.Features.EmailAddresses;
using Cardea.Features.Lifecycle;
using Cardea.Features.Passwords;
using Cardea.Features.Permissions;
using Cardea.Features.Recovery;
using Cardea.Features.SecondFactors;
using Cardea.Features.SecurityQuestions;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Options;

namespace Cardea.Policies;

/// <summary>One value of the policy, for somebody who wants to know why it is what it is.</summary>
/// <param name="Key">Below "Cardea:", as one would write it to change it.</param>
/// <param name="Value">As one would write it; "–" where it is unset.</param>
/// <param name="Layer">Where it comes from: "preset miic", the name of a file, "environment", "command line", or "default".</param>
/// <param name="Source">Of the rule: scenarios, requirements and conflicts by their ids (docs/policies.md).</param>
public sealed record ValueInForce(string Key, string Value, string Layer, string Source);

/// <summary>Each value of the policy that holds here and now, with its layer and its source.</summary>
public sealed class PolicyInForce(IConfiguration configuration, IServiceProvider services)
{
    private const string Prefix = "Cardea:";

    private static readonly IReadOnlyList<(string Section, Type Settings)> Sections =
    [
        (SignInSettings.Section, typeof(SignInSettings)),
        (PasswordSettings.Section, typeof(PasswordSettings)),
        (AgreementSettings.Section, typeof(AgreementSettings)),
        (EmailAddressSettings.Section, typeof(EmailAddressSettings)),
        (SecurityQuestionSettings.Section, typeof(SecurityQuestionSettings)),
        (RecoverySettings.Section, typeof(RecoverySettings)),
        (LifecycleSettings.Section, typeof(LifecycleSettings)),
        (SecondFactorSettings.Section, typeof(SecondFactorSettings)),
        (SessionSettings.Section, typeof(SessionSettings)),
        (PermissionSettings.Section, typeof(PermissionSettings)),
    ];

    public string Preset => configuration[PolicyPreset.Key] ?? PolicyPreset.Default;

    public IReadOnlyList<ValueInForce> List()
    {
        var sources = ReadSources();
        return
        [
            .. from part in Sections
            let settings = ((IOptions<object>)services.GetRequiredService(typeof(IOptions<>).MakeGenericType(part.Settings))).Value
            from property in part.Settings.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            from value in ValuesOf($"{part.Section}:{property.Name}"[Prefix.Length..], property.GetValue(settings))
            select value with { Source = sources.GetValueOrDefault($"{part.Section}:{property.Name}"[Prefix.Length..], "") },
        ];
    }

    private static Dictionary<string, string> ReadSources()
    {
        using var file = typeof(PolicyInForce).Assembly.GetManifestResourceStream("Cardea.Policies.sources.json")
            ?? throw new InvalidOperationException("Cardea.Policies.sources.json is not in the assembly.");
        return JsonSerializer.Deserialize<Dictionary<string, string>>(file)!;
    }

    /// <summary>A table has one for each of its rows.</summary>
    private IEnumerable<ValueInForce> ValuesOf(string key, object? value) => value is IEnumerable rows and not string
        ? rows.Cast<object>().Select((row, index) => new ValueInForce($"{key}:{index}", Written(row), LayerOf($"{key}:{index}"), Source: ""))
        : [new(key, Written(value), LayerOf(key), Source: "")];

    private static string Written(object? value) => value switch
    {
        null => "–",
        "" => "–",
        TimeSpan time => time.ToString("c"),
        bool yes => yes ? "true" : "false",
        PermissionSettings.Grant grant =>
            $"{grant.Permission}, {(grant.AnyOf == 0 ? "any role" : $"of {grant.AnyOf}")}, {(grant.AtTypes.Count == 0 ? "any type" : $"at {string.Join(", ", grant.AtTypes)}")}",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    /// <summary>The last provider that has the key wins, as everywhere in .NET.</summary>
    private string LayerOf(string key)
    {
        var provider = ((IConfigurationRoot)configuration).Providers.LastOrDefault(provider => Has(provider, Prefix + key));
        return provider switch
        {
            null => "default",
            JsonStreamConfigurationProvider => $"preset {Preset}",
            JsonConfigurationProvider { Source.Path: { } path } => path,
            EnvironmentVariablesConfigurationProvider => "environment",
            CommandLineConfigurationProvider => "command line",
            _ => "host",
        };
    }

    private static bool Has(IConfigurationProvider provider, string key) =>
        provider.TryGet(key, out _) || provider.GetChildKeys([], key).Any();
}
