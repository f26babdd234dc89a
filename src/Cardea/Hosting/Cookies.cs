namespace Cardea.Hosting;

/// <summary>
/// Cookies bound to this host alone: <c>__Host-</c>, Secure, HttpOnly, SameSite, no Domain (A-10, V3.3). Plain http is let in from the same
/// machine only, where browsers refuse the prefix: there, and only there, the plain name is used.
/// </summary>
public static class Cookies
{
    public const string Session = "cardea-session";
    public const string Device = "cardea-device";
    public const string Remembered = "cardea-remembered";
    public const string Language = "cardea-language";
    public const string OrganizationCode = "cardea-organization";
    public const string Form = "cardea-form";
    public const string Draft = "cardea-draft";
    public const string SetUp = "cardea-set-up";
    public const string Reset = "cardea-reset";
    public const string ResetLink = "cardea-reset-link";
    public const string Invitation = "cardea-invitation";

    public static readonly IReadOnlyList<string> All = [Session, Device, Remembered, Language, OrganizationCode, Form, Draft, SetUp, Reset, ResetLink, Invitation];

    /// <summary>For what belongs to the device. Browsers keep nothing longer.</summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromDays(400);

    public static string NameOf(string plain, HttpRequest request) => request.IsHttps ? $"__Host-{plain}" : plain;

    extension(HttpContext context)
    {
        public string? ReadCookie(string plain) => context.Request.Cookies[NameOf(plain, context.Request)];

        /// <summary>Gone with the browser unless <paramref name="lifetime"/> is given.</summary>
        public void WriteCookie(string plain, string value, TimeSpan? lifetime = null) =>
            context.Response.Cookies.Append(NameOf(plain, context.Request), value, Options(context.Request, lifetime));

        public void DeleteCookie(string plain) =>
            context.Response.Cookies.Delete(NameOf(plain, context.Request), Options(context.Request, lifetime: null));

        /// <summary>Leaves nothing of the person in this browser (X-02, V14.3.1). What belongs to the device, such as its language, stays.</summary>
        public void ForgetPerson()
        {
            context.DeleteCookie(Session);
            foreach (var theirs in (string[])[Draft, Reset, ResetLink, Invitation])
            {
                if (context.ReadCookie(theirs) is not null)
                {
                    context.DeleteCookie(theirs);
                }
            }

            context.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        }
    }

    private static CookieOptions Options(HttpRequest request, TimeSpan? lifetime) => new()
    {
        Path = "/",
        HttpOnly = true,
        Secure = request.IsHttps,
        SameSite = SameSiteMode.Lax,   // Strict would sign people out whenever they follow a link from a mail
        MaxAge = lifetime,
        IsEssential = true,
    };
}
