using System.Diagnostics;
using System.Net;
using Cardea.Data;
using Cardea.Demo.Features.Phone;
using Cardea.Features.Accounts;
using Cardea.Features.Agreements;
using Cardea.Features.Audit;
using Cardea.Features.EmailAddresses;
using Cardea.Features.Passwords;
using Cardea.Features.SecondFactors;
using Cardea.Features.SecondFactors.Authenticators;
using Cardea.Features.SecurityQuestions;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn;
using Cardea.Features.SignIn.Journey;
using Cardea.Policies;
using Cardea.Rules.Agreements;
using Cardea.Rules.Passwords;
using Cardea.Rules.SecondFactors;
using Cardea.Rules.SecurityQuestions;

namespace Cardea.Demo;

/// <summary>Makes somebody a returning person: goes from the first password to the dashboard, settling whatever step is due, and signs out.</summary>
public sealed class FirstSignIn(
    AppDbContext db,
    PolicyBook policies,
    SignInWithPassword signIn,
    SignInJourney journey,
    SessionStore sessions,
    TemporaryPasswords passwords,
    ReplacePassword replacePassword,
    AcceptAgreement acceptAgreement,
    ConfirmEmail confirmEmail,
    SetSecurityQuestions setSecurityQuestions,
    BeginAuthenticator beginAuthenticator,
    AddAuthenticator addAuthenticator,
    TimeProvider clock,
    Actor actor)
{
    private const string Language = "en";

    private static readonly string Address = IPAddress.Loopback.ToString();

    /// <summary>To the first questions of the list, for everybody.</summary>
    public static readonly IReadOnlyList<string> Answers = ["Blue bicycle", "Maple Street", "Grandmother Rosa"];

    /// <summary>What is good from then on: a generated password, where <paramref name="password"/> was temporary, and the key of the app, if one was asked for.</summary>
    public async Task<(string Password, string? AuthenticatorKey)> RunAsync(
        Audience audience, string organizationCode, string signInName, string password, CancellationToken cancellationToken)
    {
        var request = new SignInRequest(
            audience, organizationCode, signInName, password, Secrets.New(), DeviceSecret: null, RememberedSecret: null, Address, Address, "", Replaces: null);
        var secret = Seeding.Expect<SignInOutcome.SignedIn>(await signIn.RunAsync(request, cancellationToken)).SessionSecret;

        var person = await PersonAsync(secret, cancellationToken);
        string? authenticatorKey = null;
        while (journey.Next(person) is { } step)
        {
            if (step is ReplacePasswordStep)
            {
                password = await passwords.NewAsync(PersonalWordsOf(person), cancellationToken);
                secret = Seeding.Expect<ReplacePasswordOutcome.Replaced>(await replacePassword.RunAsync(person, password, cancellationToken)).SessionSecret;
            }
            else if (step is SetUpSecondFactorStep)
            {
                authenticatorKey = (await beginAuthenticator.RunAsync(person, cancellationToken)).Key;
                secret = Seeding.Expect<AddFactorOutcome.Added>(
                    await addAuthenticator.RunAsync(person, LastCodeOf(authenticatorKey), Language, cancellationToken)).SessionSecret;
            }
            else
            {
                await SettleAsync(step, person, cancellationToken);
            }

            person = await PersonAsync(secret, cancellationToken);
        }

        await sessions.CompleteAsync(person, Address, cancellationToken);
        await sessions.EndAsync(person, SessionEnd.SignedOut, cancellationToken);
        return (password, authenticatorKey);
    }

    private async Task<SignedInPerson> PersonAsync(string secret, CancellationToken cancellationToken)
    {
        var person = await sessions.FindAsync(secret, cancellationToken) ?? throw new UnreachableException("The session was begun a moment ago.");
        actor.IsPerson(person.AccountId, person.OrganizationId);
        return person;
    }

    private Task SettleAsync(JourneyStep step, SignedInPerson person, CancellationToken cancellationToken) => step switch
    {
        AcceptUserAgreementStep => AcceptAsync(AgreementKind.User, person, cancellationToken),
        AcceptAdministratorAgreementStep => AcceptAsync(AgreementKind.Administrator, person, cancellationToken),
        ConfirmEmailStep => ConfirmAsync(person, cancellationToken),
        SetSecurityQuestionsStep => AnswerAsync(person, cancellationToken),
        _ => throw new UnreachableException($"The demo does not know how people settle {step.Name}."),
    };

    private async Task AcceptAsync(AgreementKind kind, SignedInPerson person, CancellationToken cancellationToken)
    {
        var text = await db.FindAgreementAsync(kind, Language, cancellationToken) ?? throw new UnreachableException("What is due was published.");
        Seeding.Expect<AcceptAgreementOutcome.Accepted>(
            await acceptAgreement.RunAsync(person, kind, text.VersionId, text.Language, Address, cancellationToken));
    }

    private async Task ConfirmAsync(SignedInPerson person, CancellationToken cancellationToken) =>
        Seeding.Expect<ConfirmEmailOutcome.Confirmed>(await confirmEmail.RunAsync(person, person.Email!, cancellationToken));

    private async Task AnswerAsync(SignedInPerson person, CancellationToken cancellationToken)
    {
        var chosen = Questions.All.Zip(Answers, (question, answer) => new ChosenAnswer(question, answer))
            .Take(policies.For(person.OrganizationId).SecurityQuestions);
        Seeding.Expect<SetSecurityQuestionsOutcome.Saved>(await setSecurityQuestions.RunAsync(person, [.. chosen], cancellationToken));
    }

    /// <summary>The one before that of now, which is left for the person: each is accepted once (S0-10).</summary>
    private string LastCodeOf(string authenticatorKey) => Phone.CodeAt(clock.GetUtcNow() - TotpRules.Step, authenticatorKey);

    private static PersonalWords PersonalWordsOf(SignedInPerson person) =>
        new(person.OrganizationId, person.OrganizationCode, person.Username, person.GivenName, person.FamilyName);
}
