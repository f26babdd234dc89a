using Cardea.Features.Accounts;

namespace Cardea.Tests.Accounts;

public sealed class WorkPhoneTests
{
    /// <summary>The form shows what is kept, and reads it again when something else is changed: it must stay the same number.</summary>
    [Theory]
    [InlineData("(612) 555-0123", "US", "(612) 555-0123")]
    [InlineData("612 555 0123 x4", "US", "(612) 555-0123 ext. 4")]
    [InlineData("+1 612 555 0123", "MX", "+1 612-555-0123")]   // in Mexico, too, there is a 612 555 0123
    [InlineData("(809) 555-0123", "DO", "(809) 555-0123")]
    [InlineData("+52 612 555 0123", "US", "+52 612 555 0123")]
    [InlineData("+49 89 63648018;ext=1234567890123456789", "US", "+49 89 63648018 ext. 1234567890123456789")]
    public void What_is_shown_is_read_as_the_same_number(string typed, string country, string shown)
    {
        var kept = WorkPhone.Read(typed, country)!;

        Assert.Equal(shown, WorkPhone.Grouped(kept, country));
        Assert.Equal(kept, WorkPhone.Read(shown, country));
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("+1")]
    [InlineData(";ext=4")]
    [InlineData("tel:")]
    [InlineData("+999999999999")]
    public void What_is_no_number_is_none_and_no_error(string typed) => Assert.Null(WorkPhone.Read(typed, "US"));
}
