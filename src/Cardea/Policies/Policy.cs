using Cardea.Rules.Lifecycle;
using Cardea.Rules.Passwords;
using Cardea.Rules.Permissions;
using Cardea.Rules.Recovery;
using Cardea.Rules.SecondFactors;
using Cardea.Rules.Sessions;
using Cardea.Rules.SignIn;

namespace Cardea.Policies;

/// <summary>
/// What holds for the people of one organization: the values that rules are given. A preset is only a set of them (table in
/// <c>docs/policies.md</c>). A null interval means "never again".
/// </summary>
public sealed record Policy
{
    public required IdentifierKind Identifier { get; init; }

    public required LockPolicy Lock { get; init; }

    public required PasswordPolicy Passwords { get; init; }

    public required SessionPolicy Sessions { get; init; }

    public required bool AgreementsAreAsked { get; init; }

    public required TimeSpan? AgreementsRenewedEvery { get; init; }

    public required bool EmailIsConfirmed { get; init; }

    public required TimeSpan? EmailReconfirmedEvery { get; init; }

    public required int SecurityQuestions { get; init; }

    public required RecoveryPolicy Recovery { get; init; }

    public required LifecyclePolicy Lifecycle { get; init; }

    public required SecondFactorPolicy SecondFactors { get; init; }

    public required IReadOnlyList<PermissionGrant> Grants { get; init; }
}
