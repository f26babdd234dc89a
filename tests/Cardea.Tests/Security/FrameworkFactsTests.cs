using System.Reflection;
using Cardea.Features.Accounts;
using Cardea.Features.Passwords;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Cardea.Tests.Security;

/// <summary>Facts about the parts we build on that were once dangerous.</summary>
public sealed class FrameworkFactsTests(CardeaApps apps)
{
    /// <summary>10.0.0 to 10.0.6 let forged cookies through (CVE-2026-40372).</summary>
    [Fact]
    [Scenario("F-01")]
    public void Data_protection_is_new_enough() =>
        Assert.True(ProductVersion(typeof(IDataProtector).Assembly) >= new Version(10, 0, 7), typeof(IDataProtector).Assembly.FullName);

    /// <summary>Up to 4.15.0, a quoted local part brought line breaks into SMTP (GHSA-g7hc-96xr-gvvx).</summary>
    [Fact]
    [Scenario("F-13")]
    public void The_mail_library_is_new_enough() =>
        Assert.True(ProductVersion(typeof(MimeKit.MimeMessage).Assembly) >= new Version(4, 15, 1), typeof(MimeKit.MimeMessage).Assembly.FullName);

    [Fact]
    [Scenario("F-04")]
    public async Task Whatever_of_Identity_asks_for_a_hash_gets_ours()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite, TestHashes.RealCost);

        var hasher = app.Services.GetRequiredService<IPasswordHasher<Account>>();

        Assert.IsType<AccountPasswordHasher>(hasher);
        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", hasher.HashPassword(null!, "x"), StringComparison.Ordinal);
    }

    /// <summary>Cookie tickets would be self-contained: a copy would outlive the sign-out.</summary>
    [Fact]
    [Scenario("F-08")]
    public async Task Sessions_of_the_server_are_the_only_way_to_be_somebody()
    {
        var app = await apps.OnAsync(Database.Sqlite);

        var schemes = await app.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetAllSchemesAsync();

        Assert.Equal(["session"], schemes.Select(scheme => scheme.Name));
    }

    private static Version ProductVersion(Assembly assembly) =>
        Version.Parse(assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', '-')[0]);
}
