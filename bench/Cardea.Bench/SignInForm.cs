using System.Net;
using System.Text;

namespace Cardea.Bench;

/// <summary>The form of the sign-in page as a browser sends it: what was typed, and every hidden input.</summary>
internal static class SignInForm
{
    /// <summary>
    /// What a browser would post after a person has typed their credentials, or null where the page holds no sign-in form.
    /// Found by looking for bytes: a whole HTML parser would cost the driver more than the server spends on the page.
    /// </summary>
    public static string? FillIn(ReadOnlySpan<byte> page, Credentials credentials)
    {
        var formStart = page.IndexOf("id=\"sign-in-form\""u8);
        var formLength = formStart < 0 ? -1 : page[formStart..].IndexOf("</form>"u8);
        if (formLength < 0) { return null; }

        var form = page.Slice(formStart, formLength);
        var fields = new StringBuilder()
            .Append("Input.OrganizationCode=").Append(Uri.EscapeDataString(credentials.OrganizationCode))
            .Append("&Input.Username=").Append(Uri.EscapeDataString(credentials.Username))
            .Append("&Input.Password=").Append(Uri.EscapeDataString(credentials.Password));

        int inputStart;
        while ((inputStart = form.IndexOf("<input "u8)) >= 0)
        {
            form = form[inputStart..];
            var input = form[..form.IndexOf((byte)'>')];
            form = form[input.Length..];
            if (Attribute(input, "type=\""u8) is not "hidden") { continue; }

            fields
                .Append('&').Append(Uri.EscapeDataString(Attribute(input, "name=\""u8)))
                .Append('=').Append(Uri.EscapeDataString(Attribute(input, "value=\""u8)));
        }

        return fields.ToString();
    }

    private static string Attribute(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> opening)
    {
        int at;
        while ((at = tag.IndexOf(opening)) >= 0)
        {
            var isWholeName = char.IsWhiteSpace((char)tag[at - 1]);   // not the end of data-value="
            tag = tag[(at + opening.Length)..];
            if (isWholeName) { return WebUtility.HtmlDecode(Encoding.UTF8.GetString(tag[..tag.IndexOf((byte)'"')])); }
        }

        return "";
    }
}
