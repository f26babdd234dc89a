namespace Cardea.Features.Invitations;

public static class InvitationPages
{
    public const string Welcome = "/welcome";

    public static string Link(string secret) => $"{Welcome}?link={secret}";
}
