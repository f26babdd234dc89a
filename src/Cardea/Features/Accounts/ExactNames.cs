using Cardea.Rules.EmailAddresses;
using Microsoft.AspNetCore.Identity;

namespace Cardea.Features.Accounts;

/// <summary>Identity folds names to upper case by default (F-07); ours are exact (S2-04). Email addresses compare without case everywhere.</summary>
public sealed class ExactNames : ILookupNormalizer
{
    public string? NormalizeName(string? name) => name;

    public string? NormalizeEmail(string? email) => email is null ? null : EmailAddressRules.Folded(email);
}
