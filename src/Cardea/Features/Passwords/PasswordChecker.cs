using Cardea.Features.Sessions;
using Cardea.Features.SetUp;
using Cardea.Policies;
using Cardea.Rules.Passwords;

namespace Cardea.Features.Passwords;

/// <summary>Words that are no secret for this person: their own names and their organization's (V6.1.2, S2-13).</summary>
public sealed record PersonalWords(Guid OrganizationId, string OrganizationCode, string Username, string GivenName, string FamilyName)
{
    public static PersonalWords Of(SignedInPerson person) =>
        new(person.OrganizationId, person.OrganizationCode, person.Username, person.GivenName, person.FamilyName);
}

/// <summary>The one judge of new passwords. Every way in which a password is set asks it.</summary>
public sealed class PasswordChecker(PolicyBook policies, CommonPasswords common, RegistryProfile registry)
{
    private const string Product = "Cardea";

    public async Task<IReadOnlyList<PasswordRefusal>> CheckAsync(string candidate, PersonalWords person, CancellationToken cancellationToken)
    {
        var profile = await registry.GetAsync(cancellationToken);
        var policy = policies.For(person.OrganizationId);
        var beforeTheAt = person.Username.Split('@')[0];
        string[] words = [Product, profile.DisplayName, person.OrganizationCode, person.Username, beforeTheAt, person.GivenName, person.FamilyName];
        return PasswordRules.Check(candidate, policy.Passwords, words, common.Contains);
    }
}
