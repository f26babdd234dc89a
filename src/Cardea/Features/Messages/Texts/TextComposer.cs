using Cardea.Data;
using Cardea.Features.SetUp;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Messages.Texts;

/// <summary>Makes the words of a text, in the reader's language.</summary>
public sealed class TextComposer(RegistryProfile profile, IStringLocalizer<Words> words, IOptions<TextSettings> settings, TimeProvider clock)
{
    public async Task<string> ComposeAsync(IText text, CancellationToken cancellationToken)
    {
        var registry = await profile.GetAsync(cancellationToken);
        var context = new TextContext(words, clock.Now, ReadersLanguage.OneLine(registry.DisplayName));
        return ReadersLanguage.Write(text.Language, _ => text.Write(context));
    }

    /// <summary>Asked once more when it is sent: a list of countries may have become shorter, and nothing else reaches a provider .</summary>
    public bool MayGoTo(string number) =>
        PhoneNumberRules.Read(number, settings.Value.AllowedCountries) is PhoneNumberReading.Accepted accepted && accepted.Number == number;
}
