namespace Cardea.Tests.Infrastructure;

public static class Extent
{
    /// <summary>"./dev test full": every test on both databases, every page in every language. Otherwise samples of what cannot differ much.</summary>
    public static bool IsFull => Environment.GetEnvironmentVariable("CARDEA_TEST_FULL") == "1";
}
