using System.Runtime.Versioning;
using Cardea.Features.Messages;
using Cardea.Features.Messages.Texts;
using Cardea.Features.SetUp;
using Cardea.Hosting;

namespace Cardea.Tests.Messages.Texts;

/// <summary>What texts say, and the folder they lie in where nobody sends them.</summary>
[Scenario("S1-04", "S0-17")]
public sealed class TextTests
{
    /// <summary>What a phone network sends in seven bits (GSM 03.38). One letter more, and a text of 71 characters is two.</summary>
    private const string CheapLetters =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const int LongestInOne = 160;

    public static TheoryData<string> LanguagesOfTexts => [.. Languages.All];

    [Theory]
    [InlineData("en", "Immunization Registry: your code is 012345. It works once, within 10 min. Tell it to nobody.")]
    [InlineData("es", "Immunization Registry: su clave es 012345. Sirve una sola vez, durante 10 min. No la comparta con nadie.")]
    [InlineData("fr", "Immunization Registry : votre code est 012345. Il sert une seule fois, pendant 10 min. Ne le donnez à personne.")]
    [InlineData("tlh", "Immunization Registry: your code is 012345. It works once, within 10 min. Tell it to nobody.")]
    public async Task A_text_speaks_the_readers_language(string language, string words)
    {
        await using var node = await CreateNodeAsync("Immunization Registry");
        await node.PromiseTextAsync(language: language);

        await node.RunRoundAsync(MessageChannel.Text);

        Assert.Equal($"To: +16125550123\n\n{words}\n", Assert.Single(node.ReadTexts()));
    }

    [Theory, MemberData(nameof(LanguagesOfTexts))]
    public async Task A_text_is_paid_for_once(string language)
    {
        await using var node = await CreateNodeAsync("Immunization Registry of Minnesota");
        await node.PromiseTextAsync(language: language);

        await node.RunRoundAsync(MessageChannel.Text);

        var words = Assert.Single(node.ReadTexts()).Split("\n\n")[1].TrimEnd('\n');
        Assert.InRange(words.Length, 1, LongestInOne);
        Assert.All(words, letter => Assert.Contains(letter, CheapLetters));
    }

    [Fact, Scenario("A-11")]
    public async Task The_name_of_a_registry_stays_on_its_line()
    {
        await using var node = await CreateNodeAsync("Registry\r\nTo: +19005550123\u202e");
        await node.PromiseTextAsync();

        await node.RunRoundAsync(MessageChannel.Text);

        Assert.StartsWith("To: +16125550123\n\nRegistry  To: +19005550123: your code is", Assert.Single(node.ReadTexts()), StringComparison.Ordinal);
    }

    [Fact, SupportedOSPlatform("linux")]
    public async Task Files_stand_in_the_order_of_sending_and_only_their_owner_may_read_them()
    {
        await using var node = await CreateNodeAsync("Immunization Registry");
        foreach (var number in new[] { "+16125550123", "+16515550100", "+16125550101" })
        {
            await node.PromiseTextAsync(number);
            await node.RunRoundAsync(MessageChannel.Text);
            node.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        var files = Directory.GetFiles(node.TextFolder).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(["To: +16125550123", "To: +16515550100", "To: +16125550101"], node.ReadTexts().Select(text => text.Split('\n')[0]));
        Assert.StartsWith("20260302T140000.000Z-sign-in-code-text-", Path.GetFileName(files[0]), StringComparison.Ordinal);
        Assert.All(files, file => Assert.EndsWith(".txt", file, StringComparison.Ordinal));
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Theory, EachDatabase]
    [Scenario("V14.2.7")]
    public async Task A_waiting_text_tells_nothing_to_who_reads_the_table(Database database)
    {
        await using var node = await MailNode.CreateAsync(database);
        await node.PromiseTextAsync();

        var rows = await node.ReadRowsAsync("OutboxMessages");

        Assert.Contains("sign-in-code-text", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("5550123", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("012345", rows, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_round_of_one_channel_leaves_the_other_alone()
    {
        await using var node = await CreateNodeAsync("Immunization Registry");
        await node.PromiseTextAsync();
        await node.PromiseCodeAsync();

        Assert.Equal(1, (await node.RunRoundAsync(MessageChannel.Mail)).Messages);
        Assert.Empty(node.ReadTexts());
        Assert.Equal(1, (await node.RunRoundAsync(MessageChannel.Text)).Messages);
        Assert.Single(node.ReadPickup());
    }

    [Fact]
    public async Task Every_text_of_the_product_can_be_sent()
    {
        await using var node = await MailNode.CreateAsync(Database.Sqlite);
        var promised = typeof(IText).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IText)) && !type.IsInterface)
            .Select(type => (string)type.GetProperty(nameof(IMessage.Kind))!.GetValue(null)!);

        Assert.Equal(promised.Order(), node.Services.GetRequiredService<MessageKinds>().NamesOf(MessageChannel.Text).Order());
    }

    private static async Task<MailNode> CreateNodeAsync(string registryName)
    {
        var node = await MailNode.CreateAsync(Database.Sqlite);
        await node.ReadAsync(db =>
        {
            db.Add(new Registry { DisplayName = registryName });
            return db.SaveChangesAsync();
        });
        return node;
    }
}
