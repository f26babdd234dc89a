namespace Cardea.BrowserTests.Infrastructure;

public static class Extent
{
    /// <summary>"./dev test full": every page in every language on both databases. Otherwise samples of what cannot differ much.</summary>
    public static bool IsFull => Environment.GetEnvironmentVariable("CARDEA_TEST_FULL") == "1";
}
