using Cardea.Rules.Invitations;
using Xunit;
using static Cardea.Rules.Tests.Times;

namespace Cardea.Rules.Tests.Invitations;

[Scenario("S2-03", "A-06")]
public class InvitationRulesTests
{
    private static readonly InvitationFacts NeverUsed = new(
        IsDisabled: false, IsInactive: false, PasswordIsTemporary: true, LastSignInCompletedAt: null, HasOwnProofs: false);

    [Fact]
    public void Whoever_has_never_been_in_may_be_invited() => Assert.Null(InvitationRules.Check(NeverUsed));

    [Fact]
    public void Each_hindrance_has_its_own_reason()
    {
        Assert.Equal(InvitationRefusal.Disabled, InvitationRules.Check(NeverUsed with { IsDisabled = true }));
        Assert.Equal(InvitationRefusal.Inactive, InvitationRules.Check(NeverUsed with { IsInactive = true }));
        Assert.Equal(InvitationRefusal.InUse, InvitationRules.Check(NeverUsed with { PasswordIsTemporary = false }));
        Assert.Equal(InvitationRefusal.InUse, InvitationRules.Check(NeverUsed with { LastSignInCompletedAt = Monday }));
        Assert.Equal(InvitationRefusal.InUse, InvitationRules.Check(NeverUsed with { HasOwnProofs = true }));
    }

    [Fact]
    public void Of_an_inactive_account_that_was_in_use_it_is_said_that_it_was() =>
        Assert.Equal(InvitationRefusal.InUse, InvitationRules.Check(NeverUsed with { IsInactive = true, LastSignInCompletedAt = Monday }));
}
