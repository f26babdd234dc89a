using Cardea.Rules.Announcements;
using Cardea.Rules.Permissions;
using Xunit;
using static Cardea.Rules.Permissions.PermissionRules;

namespace Cardea.Rules.Tests.Announcements;

public sealed class AnnouncementRulesTests
{
    private static readonly Guid Own = new("00000000-0000-0000-0000-00000000000a"), Other = new("00000000-0000-0000-0000-00000000000b");

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 14, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("")]
    [InlineData(AnnouncementsWrite)]
    [InlineData($"{PeopleManage} {PeopleManageEverywhere} {OrganizationsManage}")]
    public void Who_lacks_the_permission_or_reaches_nobody_writes_nothing(string permissions) =>
        Assert.Null(AnnouncementRules.WriterOf(permissions.Split(' '), Own));

    /// <summary>The whole table: of the own organization, another one, all; news, maintenance.</summary>
    [Theory]
    [InlineData($"{AnnouncementsWrite} {PeopleManage}", true, false, false, false)]
    [InlineData($"{AnnouncementsWrite} {PeopleManage} {OrganizationsManage}", true, false, false, false)]
    [InlineData($"{AnnouncementsWrite} {PeopleManageEverywhere}", true, true, true, false)]
    [InlineData($"{AnnouncementsWrite} {PeopleManageEverywhere} {OrganizationsManage}", true, true, true, true)]
    public void Each_writes_as_far_as_they_reach(string permissions, bool own, bool other, bool all, bool maintenance)
    {
        var writer = AnnouncementRules.WriterOf(permissions.Split(' '), Own)!;

        Assert.Equal(own, writer.Reaches(AnnouncementKind.News, Own));
        Assert.Equal(other, writer.Reaches(AnnouncementKind.News, Other));
        Assert.Equal(all, writer.Reaches(AnnouncementKind.News, null));
        Assert.Equal(maintenance, writer.Reaches(AnnouncementKind.Maintenance, null));
    }

    [Fact]
    public void The_first_wording_is_needed_and_of_the_others_all_or_nothing()
    {
        var refusals = Check(new("", ""), new("", " "), new("Title", "")).Wordings;

        Assert.Equal([new(PlainLineRefusal.Missing, PlainLineRefusal.Missing), new(null, null), new(null, PlainLineRefusal.Missing)], refusals);
        Assert.False(Check(new("Title", "Body"), new("", ""), new("", "")).Any);
    }

    [Fact]
    public void Maintenance_is_for_everybody_and_ends()
    {
        var draft = new AnnouncementDraft(AnnouncementKind.Maintenance, AnnouncementAudience.Everybody, null, Now, Now.AddHours(1), [new("Title", "Body")]);

        Assert.False(AnnouncementRules.Check(draft).Any);
        Assert.True(AnnouncementRules.Check(draft with { Until = null }).MaintenanceHasNoEnd);
        Assert.True(AnnouncementRules.Check(draft with { OrganizationId = Own }).MaintenanceIsForEverybody);
        Assert.True(AnnouncementRules.Check(draft with { Audience = AnnouncementAudience.Administrators }).MaintenanceIsForEverybody);
        Assert.False(AnnouncementRules.Check(draft with { Kind = AnnouncementKind.News, Until = null, OrganizationId = Own }).Any);
        Assert.True(AnnouncementRules.Check(draft with { Until = Now }).EndsBeforeItBegins);
    }

    [Fact]
    public void Its_time_begins_with_its_beginning_and_ends_with_its_end()
    {
        Assert.Equal(AnnouncementTime.Coming, AnnouncementRules.Decide(Now.AddTicks(1), null, Now));
        Assert.Equal(AnnouncementTime.Current, AnnouncementRules.Decide(Now, Now.AddTicks(1), Now));
        Assert.Equal(AnnouncementTime.Past, AnnouncementRules.Decide(Now.AddHours(-1), Now, Now));
        Assert.True(AnnouncementRules.IsOnSignInPage(Now.AddHours(24), Now.AddHours(25), Now));
        Assert.False(AnnouncementRules.IsOnSignInPage(Now.AddHours(24).AddTicks(1), Now.AddHours(25), Now));
        Assert.False(AnnouncementRules.IsOnSignInPage(Now.AddHours(-1), Now, Now));
    }

    [Fact]
    public void Administrators_are_those_who_manage_people()
    {
        Assert.All(Enum.GetValues<Roles>(), roles => Assert.Equal(ManagesPeople(roles), AnnouncementRules.IsMeant(AnnouncementAudience.Administrators, roles)));
        Assert.All(Enum.GetValues<Roles>(), roles => Assert.True(AnnouncementRules.IsMeant(AnnouncementAudience.Everybody, roles)));
    }

    private static AnnouncementRefusals Check(params Wording[] wordings) =>
        AnnouncementRules.Check(new(AnnouncementKind.News, AnnouncementAudience.Everybody, null, Now, null, wordings));
}
