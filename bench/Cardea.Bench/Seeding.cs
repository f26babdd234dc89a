namespace Cardea.Bench;

/// <summary>The people who sign in: returning ones, of whom nothing is due.</summary>
internal static class Seeding
{
    private const int PeoplePerOrganization = 20;

    /// <summary>The same for everybody: its hash is then computed once, and a check costs the same.</summary>
    private const string Password = "Harbor-Lantern-2041#";

    public static Account[] People(int count) =>
    [
        .. Enumerable.Range(0, count).Select(number => new Account(
            OrganizationCode: $"CLINIC{number / PeoplePerOrganization + 1}", Username: $"nurse{number + 1}", Password)),
    ];
}
