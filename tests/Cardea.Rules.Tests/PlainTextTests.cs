using Xunit;

namespace Cardea.Rules.Tests;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("One", "One")]
    [InlineData(" \r\n One  \r\nTwo\rThree\u2028Four\r\n\r\n", "One\nTwo\nThree\nFour")]
    [InlineData("One\n\n\nTwo\tthree", "One\n\n\nTwo three")]
    [InlineData("e\u0301", "\u00e9")]
    public void It_is_kept_with_its_lines(string typed, string kept)
    {
        Assert.Equal(kept, PlainText.Normalize(typed));
        Assert.Null(PlainText.Check(typed, 100));
    }

    [Theory]
    [InlineData(null, PlainLineRefusal.Missing)]
    [InlineData(" \r\n\t ", PlainLineRefusal.Missing)]
    [InlineData("One\n\u202eeno", PlainLineRefusal.ForbiddenCharacter)]
    [InlineData("One\u0007", PlainLineRefusal.ForbiddenCharacter)]
    [InlineData("One\ud800", PlainLineRefusal.ForbiddenCharacter)]
    public void What_is_no_text_is_refused(string? typed, PlainLineRefusal reason) => Assert.Equal(reason, PlainText.Check(typed, 100));

    [Theory]
    [InlineData(10, null)]
    [InlineData(11, PlainLineRefusal.TooLong)]
    [InlineData(1_000_000, PlainLineRefusal.TooLong)]
    public void Its_length_counts_as_it_is_kept(int length, PlainLineRefusal? reason)
    {
        Assert.Equal(reason, PlainText.Check(new('x', length), 10));
        Assert.Equal(reason, PlainText.Check($"{new string('x', length - 2)}\r\nx", 10));
    }
}
