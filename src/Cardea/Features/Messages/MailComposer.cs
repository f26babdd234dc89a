using Cardea.Data;
using Cardea.Features.SetUp;
using Cardea.Hosting;
using Cardea.Rules;
using Cardea.Rules.EmailAddresses;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Cardea.Features.Messages;

/// <summary>Makes a message that can be sent out of a mail: in the reader's language, to exactly one address.</summary>
public sealed class MailComposer(
    RegistryProfile profile,
    IStringLocalizer<Words> words,
    IOptions<MessageSettings> settings,
    IServiceProvider services,
    ILoggerFactory loggers,
    TimeProvider clock)
{
    public async Task<MimeMessage> ComposeAsync(Guid id, IMail mail, CancellationToken cancellationToken)
    {
        var registry = await profile.GetAsync(cancellationToken);
        var letter = Write(mail, registry);
        var from = settings.Value.From;
        var message = new MimeMessage
        {
            Subject = ReadersLanguage.OneLine(letter.Subject),
            Date = clock.Now,
            MessageId = $"{id:N}@{from[(from.IndexOf('@') + 1)..]}",   // the same when it is sent again after a crash, so that mailboxes can tell
            Body = new BodyBuilder { TextBody = LetterText.Of(letter), HtmlBody = await HtmlOfAsync(letter) }.ToMessageBody(),
        };
        var sender = new MailboxAddress(ReadersLanguage.OneLine(settings.Value.FromName ?? registry.DisplayName), from);
        if (mail.IsFromHelpDesk && registry.HelpDeskEmail is { } helpDesk && EmailAddressRules.Check(helpDesk) is null)
        {
            message.From.Add(new MailboxAddress(ReadersLanguage.OneLine(registry.HelpDeskName ?? registry.DisplayName), helpDesk));
            message.Sender = sender;   // RFC 5322, 3.6.2: whose server it is
        }
        else
        {
            message.From.Add(sender);
        }

        message.To.Add(new MailboxAddress(ReadersLanguage.OneLine(mail.ToName), EmailAddressRules.Normalize(mail.To)));
        message.Body.Headers.Add(HeaderId.ContentLanguage, letter.Language);
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");   // RFC 3834: out-of-office programs keep quiet
        return message;
    }

    private Letter Write(IMail mail, Registry registry) => ReadersLanguage.Write(mail.Language, language =>
    {
        var publicAddress = PublicAddress.IsFine(registry.PublicAddress, out var address) ? address : null;
        var text = mail.Write(new MailContext(words, clock.Now, publicAddress, registry.DisplayName));
        return new Letter
        {
            Language = language,
            RegistryName = registry.DisplayName,
            Subject = text.Subject,
            Greeting = words["Greeting", ReadersLanguage.OneLine(mail.ToName)],
            Blocks = text.Blocks,
            HelpDeskHeading = words["HelpDesk"],
            HelpDesk = [.. HelpDeskOf(registry)],
            DoNotReply = words["DoNotReply"],
        };
    });

    private IEnumerable<HelpDeskLine> HelpDeskOf(Registry registry)
    {
        if (registry.HelpDeskName is { Length: > 0 } name)
        {
            yield return new(null, name);
        }

        if (registry.HelpDeskPhone is { Length: > 0 } phone)
        {
            yield return new(words["Phone"], phone, ContactLinks.ToPhone(phone));
        }

        if (registry.HelpDeskEmail is { Length: > 0 } email)
        {
            yield return new(words["Email"], email, ContactLinks.ToEmail(email));
        }

        if (registry.HelpDeskWeb is { Length: > 0 } web)
        {
            yield return new(words["Web"], web, ContactLinks.IsWebAddress(web) ? web : null);
        }
    }

    private async Task<string> HtmlOfAsync(Letter letter)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var html = await renderer.RenderComponentAsync<LetterHtml>(
                ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(LetterHtml.Letter)] = letter }));
            return html.ToHtmlString();
        });
    }
}
