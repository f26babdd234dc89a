using Cardea.Hosting;

namespace Cardea.Tests.Hosting;

/// <summary>A host of its own: beside another application under one host, each could act in the other's name.</summary>
[Scenario("V3.5.4", "A-08")]
public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("https://signin.example.org")]
    [InlineData("https://signin.example.org/")]
    [InlineData("https://signin.example.org:8443")]
    [InlineData("http://localhost:5080")]
    public void A_host_and_perhaps_a_port_are_an_address(string text) => Assert.Equal(new Uri(text), PublicAddress.Read(text));

    [Theory]
    [InlineData("https://example.org/cardea")]
    [InlineData("https://example.org/?app=cardea")]
    [InlineData("https://example.org/#cardea")]
    [InlineData("https://cardea@example.org")]
    [InlineData("http://signin.example.org")]
    [InlineData("javascript:alert(1)")]
    [InlineData("signin.example.org")]
    public void A_place_at_a_host_of_others_is_none(string text) => Assert.Throws<ConfigurationMistakeException>(() => PublicAddress.Read(text));
}
