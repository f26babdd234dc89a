using Cardea.Data;
using Cardea.Hosting;
using Npgsql;

namespace Cardea.Tests.Data;

public sealed class PostgresConnectionTests
{
    /// <summary>Npgsql's own fifteen and thirty seconds are longer than anybody waits at a sign-in.</summary>
    [Theory]
    [InlineData("", 3, 3)]
    [InlineData(";Timeout=8", 8, 3)]
    [InlineData(";CommandTimeout=20;Command Timeout=40", 3, 40)]
    public void Patience_with_a_silent_server_is_short_unless_the_connection_string_says_otherwise(string more, int timeout, int commandTimeout)
    {
        var parts = new NpgsqlConnectionStringBuilder(PostgresConnection.Checked($"Host=/run/postgresql;Database=cardea{more}"));

        Assert.Equal(("/run/postgresql", "cardea", timeout, commandTimeout), (parts.Host, parts.Database, parts.Timeout, parts.CommandTimeout));
    }

    /// <summary>Behind a pooler that cannot keep them, they can be turned off.</summary>
    [Theory]
    [InlineData("", 100)]
    [InlineData(";Max Auto Prepare=0", 0)]
    public void Plans_are_kept_unless_the_connection_string_says_otherwise(string more, int kept) =>
        Assert.Equal(kept, new NpgsqlConnectionStringBuilder(PostgresConnection.Checked($"Host=/run/postgresql;Database=cardea{more}")).MaxAutoPrepare);

    [Theory, Scenario("V12.3.1")]
    [InlineData("Host=db.example.org", "reaches over the network: add \"SSL Mode=VerifyFull\"")]
    [InlineData("Host=db.example.org;SSL Mode=Require", "reaches over the network: add \"SSL Mode=VerifyFull\"")]
    [InlineData("Host=localhost,db.example.org", "reaches over the network: add \"SSL Mode=VerifyFull\"")]
    [InlineData("Database=cardea", "names no Host.")]
    [InlineData("Server at home", "cannot be read: ")]
    public void A_connection_string_that_is_wrong_or_in_the_clear_is_refused_with_a_sentence(string given, string sentence)
    {
        var mistake = Assert.Throws<ConfigurationMistakeException>(() => PostgresConnection.Checked(given));

        Assert.StartsWith($"ConnectionStrings:Cardea {sentence}", mistake.Message, StringComparison.Ordinal);
    }

    [Theory, Scenario("V12.3.1")]
    [InlineData("Host=db.example.org:5433;SSL Mode=VerifyFull")]
    [InlineData("Host=db.example.org;SSL Mode=VerifyCA")]
    [InlineData("Host=localhost")]
    [InlineData("Host=127.0.0.1")]
    public void A_verified_server_and_one_on_this_machine_are_fine(string given) => Assert.EndsWith(given, PostgresConnection.Checked(given), StringComparison.Ordinal);
}
