using System.Diagnostics;
using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cardea.Data;
using Cardea.Rules;

namespace Cardea.Tests.Security;

/// <summary>What the product is built from: known, pinned by content, and mended in time.</summary>
public sealed partial class SupplyChainTests
{
    private static readonly string[] Folders = ["src", "demo", "bench", "tests"];

    /// <summary>Where a package comes from is each machine's own business; what is in it is not.</summary>
    [Fact, Scenario("V15.2.4")]
    public void Every_project_pins_the_content_of_all_its_packages()
    {
        var projects = Sources("*.csproj").ToList();
        Assert.Contains(projects, project => Path.GetFileName(project) == "Cardea.csproj");
        Assert.All(projects, project =>
        {
            using var locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")));
            Assert.All(
                locked.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject()),
                package => Assert.True(
                    package.Value.GetProperty("type").GetString() is "Project" || package.Value.TryGetProperty("contentHash", out _), $"{project}: {package.Name}"));
        });
        Assert.All(Sources("package.json"), package =>
        {
            using var locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(package)!, "package-lock.json")));
            Assert.All(
                locked.RootElement.GetProperty("packages").EnumerateObject().Where(one => one.Name is not ""),
                one => Assert.StartsWith("sha512-", one.Value.GetProperty("integrity").GetString(), StringComparison.Ordinal));
        });
    }

    [Fact, Scenario("V15.2.4")]
    public void Versions_stand_in_one_place_and_no_file_names_a_source_of_its_own()
    {
        Assert.All(Sources("*.csproj"), project => Assert.DoesNotContain(XDocument.Load(project).Descendants("PackageReference"), package => package.Attribute("Version") is not null));
        Assert.All(
            XDocument.Load(InRoot("Directory.Packages.props")).Descendants("PackageVersion"),
            package => Assert.Matches(@"^\d+(\.\d+)+$", package.Attribute("Version")!.Value));
        Assert.All(Sources("package.json"), package =>
        {
            using var wanted = JsonDocument.Parse(File.ReadAllText(package));
            Assert.All(
                wanted.RootElement.EnumerateObject().Where(member => member.Name.EndsWith("ependencies", StringComparison.Ordinal)).SelectMany(member => member.Value.EnumerateObject()),
                one => Assert.Matches(@"^\d+(\.\d+)+$", one.Value.GetString()));
        });

        Assert.Empty(Sources("nuget.config"));
        Assert.All(Sources("package-lock.json"), file => Assert.DoesNotContain("\"resolved\"", File.ReadAllText(file), StringComparison.Ordinal));
        Assert.All(Sources(".npmrc"), file => Assert.DoesNotMatch("registry *=", File.ReadAllText(file)));
    }

    /// <summary>NuGet asks its source at every restore; what it finds is a warning, and warnings are errors.</summary>
    [Fact, Scenario("V15.2.1")]
    public void Nothing_lets_a_package_with_a_known_vulnerability_into_a_build()
    {
        Assert.Equal("true", XDocument.Load(InRoot("Directory.Build.props")).Descendants("TreatWarningsAsErrors").Single().Value);
        Assert.All(
            Sources("*.csproj").Concat(Sources("*.targets")).Concat(Sources("*.props")).Append(InRoot("Directory.Build.props")).Append(InRoot("Directory.Packages.props")),
            file => Assert.DoesNotMatch("NuGetAudit|NU190|NoWarn|WarningsNotAsErrors", File.ReadAllText(file)));
    }

    /// <summary>Not slower than what CISA's directive 19-02 asks of its agencies: 15 days for critical weaknesses, 30 for high ones.</summary>
    [Fact, Scenario("V15.1.1")]
    public void How_soon_a_weakness_is_mended_is_promised_in_days_the_worse_the_sooner()
    {
        var promised = Documents.Documents.Lines("SECURITY.md").Select(line => Promise().Match(line)).Where(promise => promise.Success)
            .Select(promise => (Severity: promise.Groups["severity"].Value, Days: int.Parse(promise.Groups["days"].Value, CultureInfo.InvariantCulture)))
            .ToList();

        Assert.Equal(["critical", "high", "medium", "low"], promised.Select(promise => promise.Severity));
        Assert.Equal(promised.Select(promise => promise.Days).Distinct().Order(), promised.Select(promise => promise.Days));
        Assert.InRange(promised[0].Days, 1, 15);
        Assert.InRange(promised[1].Days, 1, 30);
    }

    [Fact, Scenario("V15.1.2")]
    public async Task The_bill_of_materials_names_every_part_with_its_version_hash_and_license()
    {
        using var bill = JsonDocument.Parse(await BillOfMaterialsAsync(AppContext.BaseDirectory));

        Assert.Equal(("CycloneDX", "1.6"), (bill.RootElement.GetProperty("bomFormat").GetString(), bill.RootElement.GetProperty("specVersion").GetString()));
        var parts = bill.RootElement.GetProperty("components").EnumerateArray().ToList();
        Assert.Equal(
            [.. PackagesIn(AppContext.BaseDirectory), "@uswds/uswds", "chart.js", "@kurkle/color", "Atkinson Hyperlegible Next"],
            parts.Select(part => part.GetProperty("name").GetString()!));
        Assert.All(parts, part =>
        {
            Assert.Matches("^[0-9a-f]{128}$", Assert.Single(part.GetProperty("hashes").EnumerateArray()).GetProperty("content").GetString());
            Assert.Single(part.GetProperty("licenses").EnumerateArray());
        });
        var references = parts.Select(part => part.GetProperty("bom-ref").GetString()).ToHashSet();
        Assert.All(
            bill.RootElement.GetProperty("dependencies").EnumerateArray().SelectMany(one => one.GetProperty("dependsOn").EnumerateArray()),
            reference => Assert.Contains(reference.GetString(), references));
    }

    /// <summary>By what the compiled product refers to, so that no name in a comment counts and none in the source is overlooked.</summary>
    [Theory, Scenario("V11.4.1")]
    [InlineData(typeof(AppDbContext))]
    [InlineData(typeof(PlainLine))]
    public void No_broken_hash_or_cipher_is_used(Type ours)
    {
        using var file = new PEReader(File.OpenRead(ours.Assembly.Location));
        var metadata = file.GetMetadataReader();
        var used = metadata.TypeReferences.Select(type => metadata.GetString(metadata.GetTypeReference(type).Name))
            .Concat(metadata.MemberReferences.Select(member => metadata.GetString(metadata.GetMemberReference(member).Name)))
            .ToHashSet();

        Assert.Contains("String", used);
        Assert.DoesNotContain(used, name => Broken().IsMatch(name));
    }

    /// <summary>As "./dev publish" makes it of a published folder.</summary>
    private static async Task<string> BillOfMaterialsAsync(string folder)
    {
        using var script = Process.Start(new ProcessStartInfo("node", [InRoot("packaging/sbom.mjs"), folder]) { RedirectStandardOutput = true })!;
        var bill = await script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, script.ExitCode);
        return bill;
    }

    /// <summary>What the product's binary loads, as its own list says.</summary>
    private static IEnumerable<string> PackagesIn(string folder)
    {
        using var list = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "cardea.deps.json")));
        return [.. list.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package")
            .Select(library => library.Name.Split('/')[0])];
    }

    private static IEnumerable<string> Sources(string pattern) => Folders
        .SelectMany(folder => Directory.EnumerateFiles(InRoot(folder), pattern, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, MatchCasing = MatchCasing.CaseInsensitive }))
        .Concat(Directory.EnumerateFiles(Documents.Documents.Root, pattern, new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive }))
        .Where(file => !Made().IsMatch(file));

    private static string InRoot(string path) => Path.Combine(Documents.Documents.Root, path);

    [GeneratedRegex(@"^\| (?<severity>\w+) .*\| (?<days>\d+) days \|$")]
    private static partial Regex Promise();

    [GeneratedRegex("MD5|SHA1|^(DES|TripleDES|RC2|Rijndael)")]
    private static partial Regex Broken();

    [GeneratedRegex("/(bin|obj|node_modules|artifacts)/")]
    private static partial Regex Made();
}
