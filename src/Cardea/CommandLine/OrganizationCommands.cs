using System.CommandLine;
using System.Diagnostics;
using Cardea.Features.Organizations;
using Cardea.Rules.Accounts;
using Cardea.Rules.Permissions;

namespace Cardea.CommandLine;

internal static class OrganizationCommands
{
    extension(CommandHost host)
    {
        public Command Organizations() => new("organizations", "Clinics, schools, pharmacies and agencies.") { host.CreateOrganization() };

        private Command CreateOrganization()
        {
            var code = new Option<string>("--code") { Description = "What its people type first when they sign in.", Required = true };
            var name = new Option<string>("--name") { Description = "Its full name.", Required = true };
            var type = EnumOption.One("--type", "What it is", Enum.GetValues<OrganizationType>());
            var timeZone = new Option<string>("--time-zone") { Description = "In which its people read times, such as America/Chicago.", Required = true };
            return host.Command("create", "Add an organization.", CreateAsync, code, name, type, timeZone);

            async Task<Answer> CreateAsync(ParseResult asked, IServiceProvider services, CancellationToken cancellationToken)
            {
                var wanted = new NewOrganization(
                    asked.GetRequiredValue(code), asked.GetRequiredValue(name), asked.GetRequiredValue(type), asked.GetRequiredValue(timeZone));
                return await services.GetRequiredService<CreateOrganization>().RunAsync(wanted, cancellationToken) switch
                {
                    CreateOrganizationOutcome.Created created => new Answer.Done(
                        $"{wanted.Code} was created.", ("Organization code", wanted.Code), ("Organization id", created.OrganizationId.ToString())),
                    CreateOrganizationOutcome.CodeIsTaken => new Answer.Refused(
                        $"The code {wanted.Code}, or one that looks like it, belongs to another organization."),
                    CreateOrganizationOutcome.Refused refused => new Answer.Refused([.. Sentences(refused.Reasons)]),
                    var other => throw new UnreachableException(other.ToString()),
                };
            }
        }
    }

    private static IEnumerable<string> Sentences(NewOrganizationRefusals reasons)
    {
        if (reasons.Code is { } code)
        {
            yield return code switch
            {
                SignInNameRefusal.TooShort or SignInNameRefusal.TooLong =>
                    $"--code must have {SignInNames.ShortestOrganizationCode} to {SignInNames.LongestOrganizationCode} characters.",
                SignInNameRefusal.ForbiddenCharacter => "--code may have the letters A to Z, digits and hyphens, and begins with a letter or a digit.",
            };
        }

        if (reasons.Name is { } name)
        {
            yield return LineSentences.For("--name", name, Organization.NameMaxLength);
        }

        if (reasons.TimeZoneIsUnknown)
        {
            yield return "--time-zone must be an IANA name, such as America/Chicago.";
        }
    }
}
