using Cardea.Rules.SignIn;
using CsCheck;
using Xunit;

namespace Cardea.Rules.Tests.SignIn;

[Scenario("A-07", "S0-01", "V3.7.2")]
public class ReturnTargetTests
{
    private static readonly Uri Ours = new("https://iis.example/");

    [Theory]
    [InlineData("/")]
    [InlineData("/account")]
    [InlineData("/account/")]
    [InlineData("/Account/password")]
    [InlineData("/admin/accounts/0198c1de-7a55-7c3e-9d5a-52b0e5a3c1f0")]
    [InlineData("/help?topic=first-sign-in&page=2")]
    [InlineData("/admin/accounts?email=amina@clinic.example")]
    [InlineData("/admin/accounts?name=Amina%20Di%C3%A1llo")]
    [InlineData("/admin/accounts?filter[role]=a|b")]
    [InlineData("/connect/authorize?client_id=x&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback%3Fa%3Db")]
    [InlineData("/sign-in-help")]
    [InlineData("/account/sign-in")]
    [InlineData("/admin/set-up")]
    [InlineData("/.well-known/change-password")]
    [InlineData("/?")]
    public void A_page_of_ours_is_returned_to_as_it_was_asked_for(string target) => Assert.Equal(target, ReturnTarget.Local(target));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("account")]
    [InlineData("?a=b")]
    [InlineData("~/account")]
    [InlineData(" /account")]
    [InlineData("https://evil.example/")]
    [InlineData("https:evil.example")]
    [InlineData("HTTPS://EVIL.EXAMPLE")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("//evil.example")]
    [InlineData("///evil.example")]
    [InlineData("//iis.example@evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("\\/evil.example")]
    [InlineData("/account\\..\\x")]
    [InlineData("/account//evil.example")]
    [InlineData("/%2Fevil.example")]
    [InlineData("/%2fevil.example")]
    [InlineData("/%5Cevil.example")]
    [InlineData("/%252Fevil.example")]
    [InlineData("/%255cevil.example")]
    [InlineData("/%25252Fevil.example")]
    [InlineData("/%09/evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\n/evil.example")]
    [InlineData("/\r\n/evil.example")]
    [InlineData("/\0")]
    [InlineData("/%00")]
    [InlineData("/account%0d%0aSet-Cookie:x=y")]
    [InlineData("/account?x=%0d%0aSet-Cookie:x=y")]
    [InlineData("/account?x=%250d%250aSet-Cookie:x=y")]
    [InlineData("/account?x=%E2%80%A8y")]
    [InlineData("/account?x=%25E2%2580%25A9y")]
    [InlineData("/account?x=\r\nSet-Cookie:x=y")]
    [InlineData("/account?x=\\")]
    [InlineData("/account?x=\"")]
    [InlineData("/account?x=<script>")]
    [InlineData("/account#//evil.example")]
    [InlineData("/account?x#y")]
    [InlineData("/@evil.example")]
    [InlineData("/:443/x")]
    [InlineData("/..;/admin")]
    [InlineData("/..")]
    [InlineData("/../account")]
    [InlineData("/./account")]
    [InlineData("/account/..//evil.example")]
    [InlineData("/x/../sign-in")]
    [InlineData("/\u2028/evil.example")]
    [InlineData("/\uff0fevil.example")]
    [InlineData("/\u3002")]
    [InlineData("/account?x=\u00e9")]
    public void Anything_else_is_not(string? target) => Assert.Null(ReturnTarget.Local(target));

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/Sign-In")]
    [InlineData("/sign-in/")]
    [InlineData("/sign-in?returnTo=/account")]
    [InlineData("/sign-in/agreement")]
    [InlineData("/sign-out")]
    [InlineData("/SIGN-OUT?now")]
    [InlineData("/set-up")]
    [InlineData("/set-up/abc")]
    public void Nobody_is_sent_round_in_circles_or_out_again(string target) => Assert.Null(ReturnTarget.Local(target));

    [Fact]
    public void An_address_may_be_two_thousand_characters_long_and_no_longer()
    {
        Assert.NotNull(ReturnTarget.Local("/" + new string('x', 1999)));
        Assert.Null(ReturnTarget.Local("/" + new string('x', 2000)));
    }

    [Fact]
    public void Whatever_is_accepted_stays_on_our_host_as_one_line_of_ascii_however_often_it_is_decoded()
    {
        var piece = Gen.OneOf(
            "/", "/", "/", "\\", "//", "%2f", "%5C", "%252f", "%25", "..", ".", ";", "?", "#", "@", ":", "%09", "\t", "\r\n", "%0d%0a",
            "https:", "evil.example", "iis.example", "account", "sign-in", "a=b", "&", "é", "\u2028", "%E2%80%A8", "\uff0f", " ", "%");
        var accepted = 0;

        piece.Array[1, 6].Select(string.Concat).Sample(
            typed =>
            {
                if (ReturnTarget.Local("/" + typed) is not { } target) { return; }

                Interlocked.Increment(ref accepted);
                Assert.All(target, character => Assert.InRange(character, '!', '~'));
                Assert.Equal(Ours.Authority, new Uri(Ours, target).Authority);
                Assert.Equal(Ours.Authority, new Uri(Ours, Uri.UnescapeDataString(target.Split('?')[0])).Authority);
                Assert.DoesNotContain("//", Uri.UnescapeDataString(Uri.UnescapeDataString(target.Split('?')[0])), StringComparison.Ordinal);
            },
            iter: 20_000);

        Assert.True(accepted > 100, "Too few targets were accepted for the rest to mean anything.");
    }
}
