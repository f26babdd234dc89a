namespace Cardea.Rules;

/// <summary>How people and the help desk are reached, as links.</summary>
public static class ContactLinks
{
    /// <summary>It becomes a link on every page and in every mail, so it must not be a script.</summary>
    public static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);

    /// <summary>An address may have ? and &amp; in it, by which the link would say what to write and to whom else (V1.2.2).</summary>
    public static string ToEmail(string address) => $"mailto:{Uri.EscapeDataString(address).Replace("%40", "@", StringComparison.Ordinal)}";

    /// <summary>Dials the number however it is written for people: "+1 (555) 010-0100".</summary>
    public static string ToPhone(string phone) => $"tel:{string.Concat(phone.Where(c => char.IsAsciiDigit(c) || c is '+'))}";
}
