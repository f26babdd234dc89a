using System.Net;
using System.Text;

namespace Cardea.Bench;

/// <summary>The forms of a sign-in as a browser sends them: what was typed, and every hidden input.</summary>
internal static class SignInForm
{
    /// <summary>What a browser would post after a person has typed their credentials; null where the page holds no sign-in form.</summary>
    public static string? FillIn(ReadOnlySpan<byte> page, Credentials credentials) => FillIn(
        page, "id=\"sign-in-form\""u8, [("OrganizationCode", credentials.OrganizationCode), ("Username", credentials.Username), ("Password", credentials.Password)]);

    /// <summary>The same after they have typed a code.</summary>
    public static string? FillInCode(ReadOnlySpan<byte> page, string code) => FillIn(page, "id=\"code-form\""u8, [("Code", code)]);

    /// <summary>Found by looking for bytes: a whole HTML parser would cost the driver more than the server spends on the page.</summary>
    private static string? FillIn(ReadOnlySpan<byte> page, ReadOnlySpan<byte> formId, ReadOnlySpan<(string Name, string Value)> typed)
    {
        var formStart = page.IndexOf(formId);
        var formLength = formStart < 0 ? -1 : page[formStart..].IndexOf("</form>"u8);
        if (formLength < 0) { return null; }

        var form = page.Slice(formStart, formLength);
        var fields = new StringBuilder();
        foreach (var (name, value) in typed) { Add(fields, $"Input.{name}", value); }

        int inputStart;
        while ((inputStart = form.IndexOf("<input "u8)) >= 0)
        {
            form = form[inputStart..];
            var input = form[..form.IndexOf((byte)'>')];
            form = form[input.Length..];
            if (Attribute(input, "type=\""u8) is "hidden") { Add(fields, Attribute(input, "name=\""u8), Attribute(input, "value=\""u8)); }
        }

        return fields.ToString();
    }

    private static void Add(StringBuilder fields, string name, string value) =>
        fields.Append(fields.Length == 0 ? "" : "&").Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));

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
