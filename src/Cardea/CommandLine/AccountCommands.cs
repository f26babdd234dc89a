using System.CommandLine;
using System.Diagnostics;
using Cardea.Features.Accounts;
using Cardea.Features.Invitations;
using Cardea.Features.Lifecycle;
using Cardea.Features.Passwords;
using Cardea.Features.People;
using Cardea.Features.SecondFactors.Clinics;
using Cardea.Features.Sessions;
using Cardea.Hosting;
using Cardea.Policies;
using Cardea.Rules;
using Cardea.Rules.Accounts;
using Cardea.Rules.EmailAddresses;
using Cardea.Rules.Permissions;

namespace Cardea.CommandLine;

/// <summary>No command takes a password: a generated one is printed once (V6.4.6).</summary>
internal static class AccountCommands
{
    private const int AtOnce = 500;

    extension(CommandHost host)
    {
        public Command Accounts() => new("accounts", "The people who sign in.")
        {
            host.ListAccounts(),
            host.CreateAccount(),
            host.OnAccount("invite", "Mail a new invitation to a person who has never signed in; an older one no longer works.", InviteAsync),
            host.OnAccount("show", "Say why a person does not get in, and what waits for them at the next sign-in.", ShowAsync),
            host.OnAccount("disable", "Shut an account and end its sessions.", DisableAsync),
            host.OnAccount("enable", "Open a disabled account again.", EnableAsync),
            host.OnAccount("unlock", "Forget the failed sign-ins that lock an account.", UnlockAsync),
            host.OnAccount("reset-second-factor", "Take away the second factors of a person whose phone is gone, and end their sessions.", ResetSecondFactorAsync),
            host.Reactivate(),
            host.FlagCompromised(),
            host.OnAccount("new-password", "Give a person a new temporary password and end their sessions.", GiveNewPasswordAsync, "reset"),
            host.OnAccount("end-sessions", "Sign a person out everywhere.", EndSessionsAsync),
            host.WithReason("delete", "Take an account out of sight and shut it; it can be restored.", DeleteAsync),
            host.WithReason("restore", "Bring a deleted account back as it was.", RestoreAsync),
        };

        private Command ListAccounts()
        {
            var search = new Option<string?>("--search") { Description = "The beginning of a name, username, email address or organization code." };
            var filter = EnumOption.One("--filter", "Only people in this state", Enum.GetValues<PeopleFilter>());
            filter.Required = false;
            var order = EnumOption.One("--order", "Sorted by", Enum.GetValues<PeopleOrder>());
            order.Required = false;
            return host.Command("list", "List members of staff.", ListAsync, search, filter, order);

            async Task<Answer> ListAsync(ParseResult asked, IServiceProvider services, CancellationToken cancellationToken)
            {
                var list = services.GetRequiredService<PeopleList>();
                var machine = new Manager(Guid.Empty, Guid.Empty, Roles.RegistryOperator, Reach.Everybody);
                var (rows, query) = (new List<PersonRow>(), new PeopleQuery(asked.GetValue(search), asked.GetValue(filter), asked.GetValue(order), After: null));
                PeoplePage page;
                do
                {
                    page = await list.ReadAsync(machine, query, cancellationToken, AtOnce);
                    rows.AddRange(page.Rows);
                    query = query with { After = page.Next };
                }
                while (query.After is not null);

                return new Answer.Table(
                    ["Organization", "Username", "Family name", "Given name", "Email", "Roles", "Last signed in", "State"],
                    [.. rows.Select(row => (string[])[
                        row.OrganizationCode, row.SignInName, row.FamilyName, row.GivenName, row.Email ?? "", row.Roles.ToString(),
                        row.LastSignInAt is { } at ? StandingSentences.At(at) : "never", StateOf(row)])]);
            }
        }

        private Command WithReason(
            string name, string description, Func<IServiceProvider, FoundAccount, string, CancellationToken, Task<Answer>> act)
        {
            var organization = Organization();
            var username = new Option<string>("--username") { Description = "Username, or email address where people sign in with it.", Required = true };
            var reason = new Option<string>("--reason") { Description = "Why; kept in the audit trail.", Required = true };
            return host.Command(name, description, RunAsync, organization, username, reason);

            async Task<Answer> RunAsync(ParseResult asked, IServiceProvider services, CancellationToken cancellationToken)
            {
                var (code, typed, why) = (asked.GetRequiredValue(organization), asked.GetRequiredValue(username), asked.GetRequiredValue(reason));
                if (PlainLine.Check(why, ReactivateAccount.ReasonMaxLength) is { } refusal)
                {
                    return new Answer.Refused(LineSentences.For("--reason", refusal, ReactivateAccount.ReasonMaxLength));
                }

                return await services.GetRequiredService<AccountFinder>().FindAsync(Audience.Staff, code, typed, cancellationToken) is { } account
                    ? await act(services, account, PlainLine.Normalize(why), cancellationToken)
                    : NoSuchAccount(code, typed);
            }
        }

        private Command CreateAccount()
        {
            var organization = Organization();
            var username = new Option<string>("--username") { Description = "Not needed where people sign in with their email address, as patients do.", DefaultValueFactory = _ => "" };
            var givenName = new Option<string>("--given-name") { Description = "Given name.", Required = true };
            var familyName = new Option<string>("--family-name") { Description = "Family name.", Required = true };
            var email = new Option<string>("--email") { Description = "Work email address; a patient's own.", Required = true };
            var roles = EnumOption.Many("--role", "What a member of staff may do; may be given several times", Enum.GetValues<Roles>().Except([Roles.None]));
            roles.Required = false;   // of patients
            var language = new Option<string?>("--language") { Description = $"One of {string.Join(", ", Languages.All)}; else the person chooses." };
            var secondFactor = new Option<bool>("--second-factor") { Description = "Where the policy asks account by account: this person needs a second factor." };
            var patient = new Option<bool>("--patient") { Description = "The account is for a patient, for good; the organization keeps it." };
            var invite = new Option<bool>("--invite") { Description = "Mail the person a link to their first password, instead of printing a temporary one." };
            return host.Command(
                "create",
                "Add an account with a temporary password, or an invitation by mail.",
                CreateAsync,
                organization,
                username,
                givenName,
                familyName,
                email,
                roles,
                language,
                secondFactor,
                patient,
                invite);

            async Task<Answer> CreateAsync(ParseResult asked, IServiceProvider services, CancellationToken cancellationToken)
            {
                var code = asked.GetRequiredValue(organization);
                var wanted = new NewAccount(
                    asked.GetRequiredValue(username),
                    asked.GetRequiredValue(givenName),
                    asked.GetRequiredValue(familyName),
                    asked.GetRequiredValue(email),
                    (asked.GetValue(roles) ?? []).Aggregate(Roles.None, (all, role) => all | role),
                    asked.GetValue(language),
                    asked.GetValue(secondFactor),
                    AudienceOf(asked.GetValue(patient)));
                var wayIn = asked.GetValue(invite) ? FirstWayIn.Invitation : FirstWayIn.TemporaryPassword;
                return await services.GetRequiredService<CreateAccount>().RunAsync(code, wanted, cancellationToken, wayIn) switch
                {
                    CreateAccountOutcome.Invited invited when wanted.Audience is Audience.Patient => new Answer.Done(
                        $"{invited.SignInName} was created, who signs in at {AudiencePages.SignIn(Audience.Patient)}. {OnItsWay(wanted.Email, invited.WorksUntil)}",
                        ("Email address", invited.SignInName)),
                    CreateAccountOutcome.Invited invited => new Answer.Done(
                        $"{invited.SignInName} was created. {OnItsWay(wanted.Email, invited.WorksUntil)}{WhatItCanRun(wanted.Roles)}",
                        ("Organization code", code),
                        ("Username", invited.SignInName)),
                    CreateAccountOutcome.Created created when wanted.Audience is Audience.Patient => new Answer.Done(
                        $"{created.SignInName} was created, who signs in at {AudiencePages.SignIn(Audience.Patient)}. {HandOver(services)}",
                        ("Email address", created.SignInName),
                        ("Temporary password", created.TemporaryPassword)),
                    CreateAccountOutcome.Created created => new Answer.Done(
                        $"{created.SignInName} was created. {HandOver(services)}{WhatItCanRun(wanted.Roles)}",
                        ("Organization code", code),
                        ("Username", created.SignInName),
                        ("Temporary password", created.TemporaryPassword)),
                    CreateAccountOutcome.NoSuchOrganization => NoSuchOrganization(code),
                    CreateAccountOutcome.NameIsTaken => new Answer.Refused("This name, or one that looks like it, belongs to somebody else."),
                    CreateAccountOutcome.TooBusy => TooBusy,
                    CreateAccountOutcome.NoPublicAddress => NoPublicAddress,
                    CreateAccountOutcome.Refused refused => new Answer.Refused([.. Sentences(refused.Reasons)]),
                    var other => throw new UnreachableException(other.ToString()),
                };
            }
        }

        private Command Reactivate()
        {
            var organization = Organization();
            var username = new Option<string>("--username") { Description = "Username, or email address where people sign in with it.", Required = true };
            var reason = new Option<string>("--reason") { Description = "Why; kept in the audit trail.", Required = true };
            return host.Command(
                "reactivate", "Open an account again that was not used for too long, with a temporary password.", RunAsync, organization, username, reason);

            async Task<Answer> RunAsync(ParseResult asked, IServiceProvider services, CancellationToken cancellationToken)
            {
                var (code, typed) = (asked.GetRequiredValue(organization), asked.GetRequiredValue(username));
                if (await services.GetRequiredService<AccountFinder>().FindAsync(Audience.Staff, code, typed, cancellationToken) is not { } account)
                {
                    return NoSuchAccount(code, typed);
                }

                return await services.GetRequiredService<ReactivateAccount>().RunAsync(account, asked.GetRequiredValue(reason), cancellationToken) switch
                {
                    ReactivateAccountOutcome.Reactivated reactivated => new Answer.Done(
                        $"{reactivated.SignInName} can sign in again. {HandOver(services)}",
                        ("Username", reactivated.SignInName),
                        ("Temporary password", reactivated.TemporaryPassword)),
                    ReactivateAccountOutcome.ReasonRefused refused => new Answer.Refused(LineSentences.For("--reason", refused.Refusal, ReactivateAccount.ReasonMaxLength)),
                    ReactivateAccountOutcome.WasNotInactive => new Answer.Refused("The account is not inactive."),
                    ReactivateAccountOutcome.IsDisabled => new Answer.Refused("The account is disabled: enable it first."),
                    ReactivateAccountOutcome.TooBusy => TooBusy,
                    var other => throw new UnreachableException(other.ToString()),
                };
            }
        }

        private Command FlagCompromised()
        {
            var organization = Organization();
            var username = new Option<string>("--username") { Description = "Username, or email address where people sign in with it.", Required = true };
            var reason = new Option<string>("--reason") { Description = "Where it became known; kept in the audit trail.", Required = true };
            var patient = new Option<bool>("--patient") { Description = "The account is a patient's: its --username is their email address." };
            return host.Command(
                "flag-compromised",
                "End the sessions of a person whose password somebody else may know; they choose a new one when they next sign in.",
                RunAsync,
                organization,
                username,
                reason,
                patient);

            async Task<Answer> RunAsync(ParseResult asked, IServiceProvider services, CancellationToken cancellationToken)
            {
                var (code, typed) = (asked.GetRequiredValue(organization), asked.GetRequiredValue(username));
                if (await services.GetRequiredService<AccountFinder>().FindAsync(AudienceOf(asked.GetValue(patient)), code, typed, cancellationToken) is not { } account)
                {
                    return NoSuchAccount(code, typed);
                }

                return await services.GetRequiredService<FlagCompromisedPassword>().RunAsync(account, asked.GetRequiredValue(reason), cancellationToken) switch
                {
                    FlagCompromisedPasswordOutcome.Flagged => new Answer.Done(
                        $"{typed} was signed out everywhere and told by mail, and chooses a new password at the next sign-in."),
                    FlagCompromisedPasswordOutcome.WasFlaggedBefore => new Answer.Done($"The password of {typed} was flagged before: nothing was changed."),
                    FlagCompromisedPasswordOutcome.WasJustReplaced => new Answer.Done($"{typed} has a new password since a moment ago: nothing was changed."),
                    FlagCompromisedPasswordOutcome.ReasonRefused refused =>
                        new Answer.Refused(LineSentences.For("--reason", refused.Refusal, FlagCompromisedPassword.ReasonMaxLength)),
                    var other => throw new UnreachableException(other.ToString()),
                };
            }
        }

        private Command OnAccount(
            string name, string description, Func<IServiceProvider, FoundAccount, CancellationToken, Task<Answer>> act, string? otherName = null)
        {
            var organization = Organization();
            var username = new Option<string>("--username") { Description = "Username, or email address where people sign in with it.", Required = true };
            var patient = new Option<bool>("--patient") { Description = "The account is a patient's: its --username is their email address." };
            var command = host.Command(name, description, RunAsync, organization, username, patient);
            if (otherName is not null)
            {
                command.Aliases.Add(otherName);
            }

            return command;

            async Task<Answer> RunAsync(ParseResult asked, IServiceProvider services, CancellationToken cancellationToken)
            {
                var (code, typed) = (asked.GetRequiredValue(organization), asked.GetRequiredValue(username));
                return await services.GetRequiredService<AccountFinder>().FindAsync(AudienceOf(asked.GetValue(patient)), code, typed, cancellationToken) is { } account
                    ? await act(services, account, cancellationToken)
                    : NoSuchAccount(code, typed);
            }
        }
    }

    private static Audience AudienceOf(bool isPatient) => isPatient ? Audience.Patient : Audience.Staff;

    private static Answer.Refused TooBusy => new("This machine is too busy: try again in a minute.");

    private static Answer.Refused NoPublicAddress =>
        new($"A link would lead nowhere: set {PublicAddress.Key} to the address under which people reach this server, or do without an invitation.");

    private static string OnItsWay(string email, DateTimeOffset worksUntil) =>
        $"An invitation is on its way to {email}: its link works once, until {StandingSentences.At(worksUntil)}.";

    private static string HandOver(IServiceProvider services)
    {
        var livesFor = services.GetRequiredService<PolicyBook>().Everywhere.Passwords.TemporaryLivesFor;
        return $"Hand over the temporary password: it is not shown again, and works until it is replaced or {livesFor.TotalHours:0} hours have passed.";
    }

    private static string WhatItCanRun(Roles roles) =>
        roles.HasFlag(Roles.RegistryOperator) ? " This account can run the registry: the audit trail says that you made it." : "";

    private static Option<string> Organization() => new("--organization") { Description = "The organization's code, exactly.", Required = true };

    private static Answer.Refused NoSuchAccount(string code, string typed) =>
        new($"There is no {typed} at {code}: both are compared exactly, upper and lower case included.");

    private static Answer.Refused NoSuchOrganization(string code) => new($"There is no organization {code}: codes are compared exactly.");

    private static async Task<Answer> ShowAsync(IServiceProvider services, FoundAccount account, CancellationToken cancellationToken)
    {
        var person = await services.GetRequiredService<WhyNotIn>().RunAsync(account, cancellationToken);
        return new Answer.Found(
            person.Reasons.Count == 0
                ? $"Nothing keeps {person.DisplayName} out: whoever has the right password gets in."
                : $"What is in the way of {person.DisplayName}, in the order in which it has to be dealt with:",
            [.. person.Reasons.Select(reason => (reason.GetType().Name, StandingSentences.For(reason)))],
            ("Username", person.SignInName),
            ("Email address", person.Email ?? "none"),
            ("Last signed in", person.LastSignInAt is { } at ? $"{StandingSentences.At(at)}, from {person.LastSignInFrom}" : "never"),
            ("Asked for next", person.Steps.Count == 0 ? "nothing" : string.Join(", ", person.Steps.Select(StandingSentences.For))));
    }

    private static async Task<Answer> InviteAsync(IServiceProvider services, FoundAccount account, CancellationToken cancellationToken) =>
        await services.GetRequiredService<ResendInvitation>().RunAsync(account, cancellationToken) switch
        {
            ResendInvitationOutcome.Sent sent => new Answer.Done(OnItsWay(sent.To, sent.WorksUntil)),
            ResendInvitationOutcome.IsInUse => new Answer.Refused("The account is in use: give its person a new temporary password instead."),
            ResendInvitationOutcome.IsDisabled => new Answer.Refused("The account is disabled: enable it first."),
            ResendInvitationOutcome.IsInactive => new Answer.Refused("The account is inactive: reactivate it."),
            ResendInvitationOutcome.NoAddress => new Answer.Refused("The account has no email address."),
            ResendInvitationOutcome.TooOften => new Answer.Refused("Five invitations were sent within the hour: wait for one of them to arrive."),
            ResendInvitationOutcome.NoPublicAddress => NoPublicAddress,
            var other => throw new UnreachableException(other.ToString()),
        };

    private static async Task<Answer> DisableAsync(IServiceProvider services, FoundAccount account, CancellationToken cancellationToken) =>
        await services.GetRequiredService<DisableAccount>().RunAsync(account, cancellationToken) switch
        {
            DisableAccountOutcome.Disabled => new Answer.Done("The account is disabled, its sessions have ended."),
            DisableAccountOutcome.WasDisabledBefore => new Answer.Refused("The account was disabled before."),
            DisableAccountOutcome.IsLastOperator => new Answer.Refused("This is the last operator: make another one first, or nobody can run the registry."),
            DisableAccountOutcome.IsLastAdministrator => new Answer.Refused("This is the last administrator of the organization: make another one first."),
        };

    private static async Task<Answer> EnableAsync(IServiceProvider services, FoundAccount account, CancellationToken cancellationToken) =>
        await services.GetRequiredService<EnableAccount>().RunAsync(account, cancellationToken) switch
        {
            EnableAccountOutcome.Enabled => new Answer.Done("The account is enabled."),
            EnableAccountOutcome.WasEnabledBefore => new Answer.Refused("The account is not disabled."),
        };

    private static async Task<Answer> UnlockAsync(IServiceProvider services, FoundAccount account, CancellationToken cancellationToken) =>
        await services.GetRequiredService<UnlockAccount>().RunAsync(account, cancellationToken) switch
        {
            UnlockAccountOutcome.Unlocked => new Answer.Done("The account is unlocked: its failed sign-ins are forgotten."),
            UnlockAccountOutcome.WasNotLocked => new Answer.Refused("The account is not locked: no failed sign-in counts against it."),
        };

    private static async Task<Answer> ResetSecondFactorAsync(IServiceProvider services, FoundAccount account, CancellationToken cancellationToken) =>
        await services.GetRequiredService<ResetSecondFactor>().RunAsync(account, cancellationToken)
            ? new Answer.Done("The second factors are gone, and the person was signed out everywhere. They set up new ones at the next sign-in, where one is needed.")
            : new Answer.Refused("The account has no second factor.");

    private static async Task<Answer> GiveNewPasswordAsync(IServiceProvider services, FoundAccount account, CancellationToken cancellationToken) =>
        await services.GetRequiredService<GiveNewPassword>().RunAsync(account, cancellationToken) switch
        {
            GiveNewPasswordOutcome.Given given => new Answer.Done(
                $"{given.SignInName} has a new password, and was signed out everywhere. {HandOver(services)}",
                ("Username", given.SignInName),
                ("Temporary password", given.TemporaryPassword)),
            GiveNewPasswordOutcome.IsInactive => new Answer.Refused("The account is inactive: reactivate it."),
            GiveNewPasswordOutcome.IsDisabled => new Answer.Refused("The account is disabled: enable it first."),
            GiveNewPasswordOutcome.TooBusy => TooBusy,
            var other => throw new UnreachableException(other.ToString()),
        };

    private static async Task<Answer> EndSessionsAsync(IServiceProvider services, FoundAccount account, CancellationToken cancellationToken) =>
        await services.GetRequiredService<EndSessions>().RunAsync(account, cancellationToken) is var ended and > 0
            ? new Answer.Done($"The person was signed out everywhere, and told by mail. Sessions ended: {ended}.")
            : new Answer.Done("The person was not signed in anywhere.");

    private static async Task<Answer> DeleteAsync(IServiceProvider services, FoundAccount account, string reason, CancellationToken cancellationToken) =>
        await services.GetRequiredService<DeleteAccount>().RunAsync(account, reason, cancellationToken) switch
        {
            DeleteAccountOutcome.Deleted => new Answer.Done("The account is deleted, its sessions have ended."),
            DeleteAccountOutcome.WasDeletedBefore => new Answer.Refused("The account was deleted before."),
            DeleteAccountOutcome.IsLastOperator => new Answer.Refused("This is the last operator: make another one first, or nobody can run the registry."),
            DeleteAccountOutcome.IsLastAdministrator => new Answer.Refused("This is the last administrator of the organization: make another one first."),
        };

    private static async Task<Answer> RestoreAsync(IServiceProvider services, FoundAccount account, string reason, CancellationToken cancellationToken) =>
        await services.GetRequiredService<RestoreAccount>().RunAsync(account, reason, cancellationToken) switch
        {
            RestoreAccountOutcome.Restored => new Answer.Done("The account is as it was before it was deleted."),
            RestoreAccountOutcome.WasNotDeleted => new Answer.Refused("The account was not deleted."),
        };

    private static string StateOf(PersonRow row) =>
        row.IsDeleted ? "deleted" : row.IsDisabled ? "disabled" : row.IsInactive ? "inactive" : row.IsLocked ? "locked" : "active";

    private static IEnumerable<string> Sentences(NewAccountRefusals reasons)
    {
        if (reasons.Username is { } username)
        {
            yield return username switch
            {
                SignInNameRefusal.TooShort or SignInNameRefusal.TooLong =>
                    $"--username must have {SignInNames.ShortestUsername} to {SignInNames.LongestUsername} characters.",
                SignInNameRefusal.ForbiddenCharacter => "--username may have the letters A to Z, digits and . _ @ -, and begins with a letter or a digit.",
            };
        }

        if (reasons.GivenName is { } givenName)
        {
            yield return LineSentences.For("--given-name", givenName, Account.NameMaxLength);
        }

        if (reasons.FamilyName is { } familyName)
        {
            yield return LineSentences.For("--family-name", familyName, Account.NameMaxLength);
        }

        if (reasons.Email is { } email)
        {
            yield return email switch
            {
                EmailAddressRefusal.Missing => "--email is empty.",
                EmailAddressRefusal.TooLong => $"--email may have {EmailAddressRules.Longest} characters at most.",
                EmailAddressRefusal.NotAnAddress => "--email must look like name@clinic.example.",
                EmailAddressRefusal.ForbiddenCharacter => "--email has a character that no plain address has.",
            };
        }

        if (reasons.LanguageIsUnknown)
        {
            yield return $"--language must be one of {string.Join(", ", Languages.All)}.";
        }

        if (reasons.RolesAreMissing)
        {
            yield return "--role is missing.";
        }

        if (reasons.IsForStaffOnly)
        {
            yield return "--role and --second-factor are for staff only.";
        }
    }
}
