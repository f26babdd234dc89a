using Cardea.Features.Accounts;
using Cardea.Features.Shared;
using Cardea.Rules;
using Cardea.Rules.Accounts;
using Cardea.Rules.EmailAddresses;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.People;

/// <summary>What is wrong with what was typed about a person, at its field; the same for a new person and for one who is changed.</summary>
public sealed record PersonWords(IStringLocalizer<Words> Words, IStringLocalizer<Shared.Words> SharedWords)
{
    public void Complain(ModelStateDictionary state, string field, PlainLineRefusal? refusal)
    {
        if (refusal is { } reason)
        {
            state.AddModelError($"Input.{field}", PlainLineWords.Of(reason, Words[field], Account.NameMaxLength, SharedWords));
        }
    }

    public void Complain(ModelStateDictionary state, SignInNameRefusal? refusal)
    {
        if (refusal is { } reason)
        {
            state.AddModelError("Input.Username", Words[$"Username{reason}", SignInNames.ShortestUsername, SignInNames.LongestUsername]);
        }
    }

    public void Complain(ModelStateDictionary state, EmailAddressRefusal? refusal)
    {
        if (refusal is { } reason)
        {
            state.AddModelError("Input.Email", Words[$"Email{reason}"]);
        }
    }
}
