using Cardea.Features.Accounts;

namespace Cardea.Features.Sessions;

/// <summary>Says for whom a page is. Without it, a page is for staff: a new one is closed to patients until it says otherwise (S1-09).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ForAudienceAttribute(params Audience[] audiences) : Attribute
{
    public bool Admits(Audience audience) => audiences.Contains(audience);
}

/// <summary>Staff and patients have a door and a home each.</summary>
public static class AudiencePages
{
    public static string SignIn(Audience audience) => audience switch
    {
        Audience.Staff => "/sign-in",
        Audience.Patient => "/patient/sign-in",
    };

    /// <summary>Where a sign-in ends when no other page was asked for.</summary>
    public static string Home(Audience audience) => audience switch
    {
        Audience.Staff => "/",
        Audience.Patient => "/patient",
    };

    public static bool IsHome(string path) => Enum.GetValues<Audience>().Any(audience => path == Home(audience));

    extension(Endpoint endpoint)
    {
        public bool IsFor(Audience audience) => endpoint.Metadata.GetMetadata<ForAudienceAttribute>()?.Admits(audience) ?? audience is Audience.Staff;
    }

    extension(HttpContext context)
    {
        /// <summary>On whose side this request is: its person's, else that of a page which only one of them has, else that of the session it came with.</summary>
        public Audience Audience =>
            context.Person is { } person ? person.Audience
            : context.GetEndpoint() is not { } endpoint || !endpoint.IsFor(Audience.Patient) ? Audience.Staff
            : !endpoint.IsFor(Audience.Staff) ? Audience.Patient
            : context.Features.Get<Ended>()?.Person.Audience ?? Audience.Staff;
    }
}
