using Cardea.Rules.Permissions;
using Xunit;
using static Cardea.Rules.Permissions.CallerRules;

namespace Cardea.Rules.Tests.Permissions;

[Scenario("S1-11")]
public class CallerRulesTests
{
    private static readonly Guid
        Clinic = new("00000000-0000-0000-0000-00000000000a"),
        Olga = new("00000000-0000-0000-0000-000000000001"),
        Amina = new("00000000-0000-0000-0000-000000000002"),
        School = new("00000000-0000-0000-0000-00000000000b");

    [Theory]
    [InlineData(Reach.Everybody, false, true)]
    [InlineData(Reach.Everybody, true, false)]
    [InlineData(Reach.OwnOrganization, true, false)]
    public void Whoever_helps_people_of_all_organizations_knows_only_those_of_their_own(Reach reach, bool isOwn, bool mustBeChecked)
    {
        var helper = new Manager(Olga, Clinic, Roles.HelpDesk, reach);

        Assert.Equal(mustBeChecked, MustBeChecked(helper, new(Amina, isOwn ? Clinic : School, Roles.Standard)));
    }
}
