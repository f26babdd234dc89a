using System.Security.Cryptography;
using System.Text.Json;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules;

namespace Cardea.Features.Accounts;

/// <summary>What is on file about a person and opens nothing.</summary>
/// <param name="PhoneNumber">As <see cref="WorkPhone.Read"/> has it, or, before that, as typed.</param>
/// <param name="Language">"en", "es" or "fr"; null until the person has chosen.</param>
/// <param name="TimeZone">IANA id; null for that of the organization.</param>
public sealed record PersonalDetails(string GivenName, string FamilyName, string? PhoneNumber, string? Language, string? TimeZone)
{
    private const int VersionBytes = 12;

    /// <summary>
    /// Of these very values: a form that brings it back shows whether they are still those that it was filled in over. Not of the language, which
    /// a button on any page changes.
    /// </summary>
    public string Version =>
        Convert.ToBase64String(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes((string?[])[GivenName, FamilyName, PhoneNumber, TimeZone]))[..VersionBytes]);

    /// <param name="country">Whose phone numbers people type without its prefix.</param>
    public PersonalDetailsRefusals Check(string country) => new()
    {
        GivenName = PlainLine.Check(GivenName, Account.NameMaxLength),
        FamilyName = PlainLine.Check(FamilyName, Account.NameMaxLength),
        PhoneIsNoNumber = !string.IsNullOrWhiteSpace(PhoneNumber) && WorkPhone.Read(PhoneNumber, country) is null,
        LanguageIsUnknown = Language is not null && !Languages.IsKnown(Language),
        TimeZoneIsUnknown = TimeZone is not null && !LocalTime.IsZone(TimeZone),
    };

    /// <summary>As it is kept, once it has passed <see cref="Check"/>.</summary>
    public PersonalDetails Normalized(string country) => this with
    {
        GivenName = PlainLine.Normalize(GivenName),
        FamilyName = PlainLine.Normalize(FamilyName),
        PhoneNumber = string.IsNullOrWhiteSpace(PhoneNumber) ? null : WorkPhone.Read(PhoneNumber, country),
    };

    /// <summary>The names of what differs.</summary>
    public IReadOnlyList<string> DifferencesFrom(PersonalDetails other) =>
    [
        .. new[]
        {
            (nameof(GivenName), GivenName, other.GivenName),
            (nameof(FamilyName), FamilyName, other.FamilyName),
            (nameof(PhoneNumber), PhoneNumber, other.PhoneNumber),
            (nameof(Language), Language, other.Language),
            (nameof(TimeZone), TimeZone, other.TimeZone),
        }.Where(field => field.Item2 != field.Item3).Select(field => field.Item1),
    ];
}

/// <summary>What is wrong with a person's details, field by field.</summary>
public sealed record PersonalDetailsRefusals
{
    public PlainLineRefusal? GivenName { get; init; }

    public PlainLineRefusal? FamilyName { get; init; }

    public bool PhoneIsNoNumber { get; init; }

    public bool LanguageIsUnknown { get; init; }

    public bool TimeZoneIsUnknown { get; init; }

    public bool Any => this != new PersonalDetailsRefusals();
}
