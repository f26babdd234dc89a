namespace Cardea.Hosting;

/// <summary>Where people reach the product. Links in mails begin with it, never with what a request says of itself .</summary>
public static class PublicAddress
{
    public const string Key = "Cardea:PublicAddress";

    /// <summary>Null when the set-up is to ask for it.</summary>
    public static Uri? Configured(IConfiguration configuration) => configuration[Key] is { Length: > 0 } text ? Read(text) : null;

    /// <exception cref="ConfigurationMistakeException">Not an absolute https address (http only on this machine), or more than scheme, host and port.</exception>
    public static Uri Read(string text) =>
        IsFine(text, out var address)
            ? address
            : throw new ConfigurationMistakeException(
                $"\"{text}\" is no public address: it must look like https://signin.example.org, with nothing behind the host but a port.");

    public static bool IsFine(string? text, out Uri address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address!)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && Loopback.IsLoopback(address.Host)))
        && address.PathAndQuery == "/" && address.Fragment.Length == 0 && address.UserInfo.Length == 0;
}
