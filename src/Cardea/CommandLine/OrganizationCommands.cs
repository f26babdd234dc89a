using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cardea.Data;
using Cardea.Features.Organizations;
using Cardea.Hosting;
using Cardea.Rules.Accounts;
using Cardea.Rules.Organizations;
using Cardea.Rules.Permissions;

namespace Cardea.CommandLine;

internal static class OrganizationCommands
{
    private const int AtOnce = 500;

    extension(CommandHost host)
    {
        public Command Organizations() => new("organizations", "Clinics, schools, pharmacies and agencies.")
        {
            host.ListOrganizations(),
            host.ShowOrganization(),
            host.CreateOrganization(),
            host.EditOrganization(),
            host.WithReason("deactivate", "Shut an organization: its people can no longer sign in, and their sessions end.", DeactivateAsync),
            host.WithReason("reactivate", "Open a deactivated organization again.", ReactivateAsync),
        };

        private Command ListOrganizations()
        {
            var search = new Option<string?>("--search") { Description = "What the code, or a word of the name, begins with." };
            var filter = EnumOption.One("--show", "Which ones; all, if not given", Enum.GetValues<OrganizationFilter>());
            filter.Required = false;
            filter.DefaultValueFactory = _ => OrganizationFilter.All;
            return host.Command("list", "List organizations by code.", ListAsync, search, filter);

            async Task<Answer> ListAsync(ParseResult asked, IServiceProvider services, CancellationToken cancellationToken)
            {
                var (find, today) = (services.GetRequiredService<FindOrganizations>(), Today(services));
                var wanted = new OrganizationsWanted(asked.GetValue(search), asked.GetValue(filter), After: null, AtOnce);
                var found = new List<FoundOrganization>();
                while (await find.RunAsync(wanted, today, cancellationToken) is { Count: > 0 } page)
                {
                    found.AddRange(page);
                    wanted = wanted with { After = page[^1].Code };
                }

                return new Answer.Table(
                    ["Code", "Name", "Type", "Agreement", "State"],
                    [.. found.Select(row => (string[])[row.Code, row.Name, Written(row.Type), Agreement(row), row.IsActive ? "active" : "deactivated"])]);
            }
        }

        private Command ShowOrganization()
        {
            var code = Code();
            return host.Command("show", "Show what is on file about an organization, and its people in figures.", ShowAsync, code);

            async Task<Answer> ShowAsync(ParseResult asked, IServiceProvider services, CancellationToken cancellationToken)
            {
                var (db, typed) = (services.GetRequiredService<AppDbContext>(), asked.GetRequiredValue(code));
                if (await db.FindOrganizationIdAsync(typed, cancellationToken) is not { } id
                    || await db.FindOrganizationDetailsAsync(id, cancellationToken) is not { } onFile)
                {
                    return NoSuchOrganization(typed);
                }

                var figures = await services.GetRequiredService<CountPeople>().RunAsync(id, onFile.TimeZone, cancellationToken);
                return new Answer.Done(
                    $"{onFile.Code} is {onFile.Name}.",
                    [.. Facts(onFile), ("Organization id", id.ToString()), .. Facts(figures)]);
            }
        }

        private Command CreateOrganization()
        {
            var (code, details) = (new Option<string>("--code") { Description = "What its people type first when they sign in.", Required = true }, new DetailOptions(areNeeded: true));
            return host.Command("create", "Add an organization.", CreateAsync, [code, .. details.All]);

            async Task<Answer> CreateAsync(ParseResult asked, IServiceProvider services, CancellationToken cancellationToken)
            {
                var nothing = new OrganizationDetails(asked.GetRequiredValue(code), Name: "", Type: null, TimeZone: "");
                if (details.Read(asked, nothing, out var mistakes) is not { } wanted)
                {
                    return new Answer.Refused(mistakes);
                }

                return await services.GetRequiredService<CreateOrganization>().RunAsync(wanted, cancellationToken) switch
                {
                    CreateOrganizationOutcome.Created created => new Answer.Done(
                        $"{wanted.Code} was created.", ("Organization code", wanted.Code), ("Organization id", created.OrganizationId.ToString())),
                    CreateOrganizationOutcome.CodeIsTaken => CodeIsTaken(wanted.Code),
                    CreateOrganizationOutcome.ParentIsUnknown => ParentIsUnknown,
                    CreateOrganizationOutcome.Refused refused => new Answer.Refused([.. Sentences(refused.Reasons, "--code")]),
                    var other => throw new UnreachableException(other.ToString()),
                };
            }
        }

        private Command EditOrganization()
        {
            var (code, details) = (Code(), new DetailOptions(areNeeded: false));
            var newCode = new Option<string?>("--new-code") { Description = "What its people type first from now on: tell them. Failed sign-ins under the former code are forgotten." };
            return host.Command("edit", "Change what is on file about an organization; what is not given stays.", EditAsync, [code, newCode, .. details.All]);

            async Task<Answer> EditAsync(ParseResult asked, IServiceProvider services, CancellationToken cancellationToken)
            {
                var (db, typed) = (services.GetRequiredService<AppDbContext>(), asked.GetRequiredValue(code));
                if (await db.FindOrganizationIdAsync(typed, cancellationToken) is not { } id
                    || await db.FindOrganizationDetailsAsync(id, cancellationToken) is not { } onFile)
                {
                    return NoSuchOrganization(typed);
                }

                if (details.Read(asked, onFile with { Code = asked.GetValue(newCode) ?? onFile.Code }, out var mistakes) is not { } wanted)
                {
                    return new Answer.Refused(mistakes);
                }

                return await services.GetRequiredService<ChangeOrganization>().RunAsync(id, wanted, onFile.Version, cancellationToken) switch
                {
                    ChangeOrganizationOutcome.Changed { CodeIsNew: true } => new Answer.Done(
                        $"{wanted.Code} was changed. Tell its people: they type {wanted.Code} from now on.", ("Organization code", wanted.Code)),
                    ChangeOrganizationOutcome.Changed => new Answer.Done($"{wanted.Code} is as you wish.", ("Organization code", wanted.Code)),
                    ChangeOrganizationOutcome.CodeIsTaken => CodeIsTaken(wanted.Code),
                    ChangeOrganizationOutcome.ParentIsUnknown => ParentIsUnknown,
                    ChangeOrganizationOutcome.WouldBePartOfItself => new Answer.Refused("--parent is this organization itself, or one of its parts."),
                    ChangeOrganizationOutcome.OthersAreOnFile => new Answer.Refused("Somebody else has changed it at this moment: look at it again."),
                    ChangeOrganizationOutcome.NoSuchOrganization => NoSuchOrganization(typed),
                    ChangeOrganizationOutcome.Refused refused => new Answer.Refused([.. Sentences(refused.Reasons, "--new-code")]),
                    var other => throw new UnreachableException(other.ToString()),
                };
            }
        }

        private Command WithReason(string name, string description, Func<IServiceProvider, Guid, string, CancellationToken, Task<Answer>> act)
        {
            var code = Code();
            var reason = new Option<string>("--reason") { Description = "Why; kept in the audit trail.", Required = true };
            return host.Command(name, description, RunAsync, code, reason);

            async Task<Answer> RunAsync(ParseResult asked, IServiceProvider services, CancellationToken cancellationToken)
            {
                var typed = asked.GetRequiredValue(code);
                return await services.GetRequiredService<AppDbContext>().FindOrganizationIdAsync(typed, cancellationToken) is { } id
                    ? await act(services, id, asked.GetRequiredValue(reason), cancellationToken)
                    : NoSuchOrganization(typed);
            }
        }
    }

    private static Answer.Refused ParentIsUnknown => new("--parent is the code of no organization: codes are compared exactly.");

    private static async Task<Answer> DeactivateAsync(IServiceProvider services, Guid id, string reason, CancellationToken cancellationToken) =>
        await services.GetRequiredService<DeactivateOrganization>().RunAsync(id, own: null, reason, cancellationToken) switch
        {
            DeactivateOrganizationOutcome.Deactivated done => new Answer.Done(
                "The organization is deactivated, its sessions have ended.", ("Sessions ended", done.SessionsEnded.ToString(CultureInfo.InvariantCulture))),
            DeactivateOrganizationOutcome.WasDeactivatedBefore => new Answer.Refused("The organization was deactivated before."),
            DeactivateOrganizationOutcome.IsOfLastOperator =>
                new Answer.Refused("The last operator works there: make another one elsewhere first, or nobody can run the registry."),
            DeactivateOrganizationOutcome.ReasonRefused refused =>
                new Answer.Refused(LineSentences.For("--reason", refused.Refusal, DeactivateOrganization.ReasonMaxLength)),
            var other => throw new UnreachableException(other.ToString()),
        };

    private static async Task<Answer> ReactivateAsync(IServiceProvider services, Guid id, string reason, CancellationToken cancellationToken) =>
        await services.GetRequiredService<ReactivateOrganization>().RunAsync(id, reason, cancellationToken) switch
        {
            ReactivateOrganizationOutcome.Reactivated => new Answer.Done("The organization is active again: its people sign in as before."),
            ReactivateOrganizationOutcome.WasNotDeactivated => new Answer.Refused("The organization is not deactivated."),
            ReactivateOrganizationOutcome.ReasonRefused refused =>
                new Answer.Refused(LineSentences.For("--reason", refused.Refusal, DeactivateOrganization.ReasonMaxLength)),
            var other => throw new UnreachableException(other.ToString()),
        };

    private static Option<string> Code() => new("--code") { Description = "The organization's code, exactly.", Required = true };

    private static Answer.Refused NoSuchOrganization(string code) => new($"There is no organization {code}: codes are compared exactly.");

    private static Answer.Refused CodeIsTaken(string code) => new($"The code {code}, or one that looks like it, belongs to another organization.");

    private static DateOnly Today(IServiceProvider services) => DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().Now.UtcDateTime);

    private static string Written<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static string Written(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture) ?? "none";

    private static string Agreement(FoundOrganization row) => row.Agreement switch
    {
        DataUseAgreementState.Open => Written(row.AgreementUntil),
        DataUseAgreementState.Runs => $"until {Written(row.AgreementUntil)}",
        DataUseAgreementState.EndsSoon => $"ends soon, {Written(row.AgreementUntil)}",
        DataUseAgreementState.IsOver => $"over since {Written(row.AgreementUntil)}",
    };

    private static IEnumerable<(string Name, string Value)> Facts(OrganizationDetails onFile) =>
    [
        ("Organization code", onFile.Code),
        ("Name", onFile.Name),
        ("Type", Written(onFile.Type!.Value)),
        ("Time zone", onFile.TimeZone),
        ("Language", onFile.Language ?? "none"),
        ("Help phone", onFile.HelpPhone ?? "none"),
        ("Help email", onFile.HelpEmail ?? "none"),
        ("Parent", onFile.ParentCode ?? "none"),
        ("Agreement from", Written(onFile.AgreementFrom)),
        ("Agreement until", Written(onFile.AgreementUntil)),
    ];

    private static IEnumerable<(string Name, string Value)> Facts(PeopleInFigures figures) =>
        from fact in new (string Name, int? Count)[]
        {
            ("People", figures.All),
            ("Signed in this month", figures.SignedInThisMonth),
            ("Locked now", figures.LockedNow),
            ("Password expires soon", figures.PasswordExpires),
            ("Without second factor", figures.WithoutSecondFactor),
            ("Inactive", figures.Inactive),
            ("Disabled", figures.Disabled),
        }
        where fact.Count is not null
        select (fact.Name, fact.Count!.Value.ToString(CultureInfo.InvariantCulture));

    private static IEnumerable<string> Sentences(OrganizationDetailsRefusals reasons, string codeOption)
    {
        if (reasons.Code is { } code)
        {
            yield return code switch
            {
                SignInNameRefusal.TooShort or SignInNameRefusal.TooLong =>
                    $"{codeOption} must have {SignInNames.ShortestOrganizationCode} to {SignInNames.LongestOrganizationCode} characters.",
                SignInNameRefusal.ForbiddenCharacter => $"{codeOption} may have the letters A to Z, digits and hyphens, and begins with a letter or a digit.",
            };
        }

        if (reasons.Name is { } name)
        {
            yield return LineSentences.For("--name", name, Organization.NameMaxLength);
        }

        foreach (var (isWrong, sentence) in new[]
        {
            (reasons.TimeZoneIsUnknown, "--time-zone must be an IANA name, such as America/Chicago."),
            (reasons.LanguageIsUnknown, $"--language must be one of {string.Join(", ", Languages.All)}."),
            (reasons.HelpPhoneIsNoNumber, "--help-phone is not a complete phone number."),
            (reasons.HelpEmail is not null, "--help-email must look like name@clinic.example."),
            (reasons.AgreementEndsBeforeItBegins, "--agreement-until is before --agreement-from."),
        })
        {
            if (isWrong)
            {
                yield return sentence;
            }
        }
    }

    /// <summary>What can be said about an organization beside its code. An empty value takes away what is on file.</summary>
    private sealed class DetailOptions
    {
        private readonly Option<string?> _name, _timeZone, _language, _helpPhone, _helpEmail, _parent, _from, _until;
        private readonly Option<OrganizationType> _type;

        public DetailOptions(bool areNeeded)
        {
            _name = new("--name") { Description = "Its full name.", Required = areNeeded };
            _type = EnumOption.One("--type", "What it is", Enum.GetValues<OrganizationType>());
            _type.Required = areNeeded;
            _timeZone = new("--time-zone") { Description = "In which its people read times, such as America/Chicago.", Required = areNeeded };
            _language = new("--language") { Description = $"In which its people are greeted, until they choose: one of {string.Join(", ", Languages.All)}." };
            _helpPhone = new("--help-phone") { Description = "Whom its people call first." };
            _helpEmail = new("--help-email") { Description = "Whom its people write to first." };
            _parent = new("--parent") { Description = "Code of the agency or company that it is a part of." };
            _from = new("--agreement-from") { Description = "First day of its data-use agreement, such as 2026-03-02." };
            _until = new("--agreement-until") { Description = "Last day of its data-use agreement." };
        }

        public IEnumerable<Option> All => [_name, _type, _timeZone, _language, _helpPhone, _helpEmail, _parent, _from, _until];

        /// <summary>What was given, over <paramref name="onFile"/>. Null for days that are none.</summary>
        public OrganizationDetails? Read(ParseResult asked, OrganizationDetails onFile, out IReadOnlyList<string> mistakes)
        {
            var wrong = new List<string>();
            var (from, until) = (Day(_from, onFile.AgreementFrom), Day(_until, onFile.AgreementUntil));
            mistakes = wrong;
            return wrong.Count > 0 ? null : onFile with
            {
                Name = asked.GetValue(_name) ?? onFile.Name,
                Type = asked.GetResult(_type) is null ? onFile.Type : asked.GetValue(_type),
                TimeZone = asked.GetValue(_timeZone) ?? onFile.TimeZone,
                Language = Given(_language, onFile.Language),
                HelpPhone = Given(_helpPhone, onFile.HelpPhone),
                HelpEmail = Given(_helpEmail, onFile.HelpEmail),
                ParentCode = Given(_parent, onFile.ParentCode),
                AgreementFrom = from,
                AgreementUntil = until,
            };

            string? Given(Option<string?> option, string? kept) => asked.GetValue(option) switch
            {
                null => kept,
                "" => null,
                var given => given,
            };

            DateOnly? Day(Option<string?> option, DateOnly? kept)
            {
                var given = Given(option, kept is null ? null : Written(kept));
                if (given is null) { return null; }
                if (DateOnly.TryParseExact(given, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) { return day; }

                wrong.Add($"{option.Name} must be a day such as 2026-03-02.");
                return null;
            }
        }
    }
}
