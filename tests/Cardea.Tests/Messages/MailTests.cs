using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Cardea.Features.Accounts;
using Cardea.Features.Alarms;
using Cardea.Features.Callers;
using Cardea.Features.EmailAddresses;
using Cardea.Features.Invitations;
using Cardea.Features.Lifecycle;
using Cardea.Features.Messages;
using Cardea.Features.MyAccount;
using Cardea.Features.Organizations;
using Cardea.Features.Passwords;
using Cardea.Features.Recovery;
using Cardea.Features.SecondFactors;
using Cardea.Features.SecondFactors.Codes;
using Cardea.Features.SecondFactors.Passkeys;
using Cardea.Features.SecurityQuestions;
using Cardea.Features.SetUp;
using Cardea.Features.SignIn;
using Cardea.Hosting;
using Cardea.Rules.Recovery;
using Cardea.Rules.SecondFactors;
using Cardea.Rules.SignIn;
using MimeKit;

namespace Cardea.Tests.Messages;

/// <summary>What mails say, to whom, and that nothing somebody typed becomes more than text.</summary>
public sealed partial class MailTests
{
    private const string Amina = "amina@clinic.example";

    public static TheoryData<string> LanguagesOfMails => [.. Languages.All];

    [Theory, MemberData(nameof(LanguagesOfMails))]
    [Scenario("S0-17", "S0-07", "S2-07", "S2-41")]
    public async Task Every_mail_says_what_was_approved(string language)
    {
        await using var node = await CreateNodeAsync();
        var mails = await SendOneOfEachAsync(node, language);

        Approved.Matches($"Mails.{language}.approved.txt", mails.SelectMany(mail => $"Subject: {mail.Subject}\n{mail.TextBody}\n{new string('-', 72)}".Split('\n')).Select(line => line.TrimEnd('\r')));
    }

    [Theory, MemberData(nameof(LanguagesOfMails))]
    [Scenario("S2-42")]
    public async Task Both_parts_of_a_mail_say_the_same(string language)
    {
        await using var node = await CreateNodeAsync();

        foreach (var mail in await SendOneOfEachAsync(node, language))
        {
            Assert.Equal("multipart/alternative", mail.Body!.ContentType.MimeType);
            var html = HtmlOf(mail);
            html.QuerySelector("h1")!.Remove();   // the subject, which mail programs show above a text part
            Assert.Equal(Flat(mail.TextBody!), Flat(string.Join(' ', html.Body!.Descendants<IText>().Select(text => text.Data))));
        }
    }

    [Theory, MemberData(nameof(LanguagesOfMails))]
    [Scenario("S2-42", "V14.3.1")]
    public async Task The_HTML_part_can_be_read_by_everybody_and_fetches_nothing(string language)
    {
        await using var node = await CreateNodeAsync();

        foreach (var mail in await SendOneOfEachAsync(node, language))
        {
            var html = HtmlOf(mail);
            Assert.Equal(language, html.DocumentElement.GetAttribute("lang"));
            Assert.Equal(language, mail.Body!.Headers[HeaderId.ContentLanguage]);
            Assert.Equal(mail.Subject, html.Title);
            Assert.Equal(mail.Subject, Assert.Single(html.QuerySelectorAll("h1")).TextContent);
            Assert.Empty(html.QuerySelectorAll("img, script, link, iframe, object, table, [width], [onclick]"));
            Assert.DoesNotContain("url(", mail.HtmlBody, StringComparison.Ordinal);
        }
    }

    [Fact, Scenario("A-08")]
    public async Task A_link_leads_to_the_registrys_public_address_and_shows_it()
    {
        await using var node = await CreateNodeAsync();
        await node.PromiseAsync(Locked(node, "en"));
        await node.RunRoundAsync();

        var mail = Assert.Single(node.ReadPickup());
        var link = HtmlOf(mail).QuerySelector("a[href^=http]")!;
        Assert.Equal("https://signin.registry.example/guidance", link.GetAttribute("href"));
        Assert.Contains("https://signin.registry.example/guidance", link.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Contains("https://signin.registry.example/guidance", mail.TextBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://signin.registry.example")]
    [InlineData("javascript:alert(1)")]
    [Scenario("A-08")]
    public async Task Without_a_fine_public_address_there_is_no_link(string? address)
    {
        await using var node = await CreateNodeAsync(registry => registry.PublicAddress = address);
        await node.PromiseAsync(Locked(node, "en"));
        await node.RunRoundAsync();

        Assert.DoesNotContain("/guidance", Assert.Single(node.ReadPickup()).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_stands_in_the_text_with_all_its_zeros_and_never_in_the_subject()
    {
        await using var node = await CreateNodeAsync();
        await node.PromiseCodeAsync();
        await node.RunRoundAsync();

        var mail = Assert.Single(node.ReadPickup());
        Assert.Contains("\n    012345\n", mail.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain(mail.Headers, header => header.Value.Contains("012345", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Amina\r\nBcc: evil@x.example", "Amina  Bcc: evil@x.example")]
    [InlineData("Amina\nSubject: Free money", "Amina Subject: Free money")]
    [InlineData("Amina\u2028Bcc: evil@x.example", "Amina Bcc: evil@x.example")]
    [InlineData("Amina\u2029\u0085\u0000\u000b\u000cDiallo", "Amina     Diallo")]
    [InlineData("Amina%0d%0aBcc: evil@x.example", "Amina%0d%0aBcc: evil@x.example")]
    [InlineData("Amina\u202egro.lacinilc", "Amina gro.lacinilc")]
    [InlineData("\"Amina\" <evil@x.example>, Bob", "\"Amina\" <evil@x.example>, Bob")]
    [InlineData("=?utf-8?q?Amina=0d=0aBcc:_evil@x.example?=", "= ?utf-8?q?Amina=0d=0aBcc:_evil@x.example?=")]
    [InlineData("Zoë Ångström-李 O’Brien", "Zoë Ångström-李 O’Brien")]
    [Scenario("A-11", "V1.3.3", "V1.3.11")]
    public async Task A_name_never_becomes_more_than_a_name(string name, string shown)
    {
        await using var node = await CreateNodeAsync(registry => registry.DisplayName = name);
        await node.PromiseCodeAsync(toName: name);
        await node.RunRoundAsync();

        var mail = Assert.Single(node.ReadPickup());
        Assert.Equal(("amina@clinic.example", shown), (Assert.Single(mail.To.Mailboxes).Address, Assert.Single(mail.To.Mailboxes).Name));
        Assert.Equal(("no-reply@cardea.invalid", shown), (Assert.Single(mail.From.Mailboxes).Address, Assert.Single(mail.From.Mailboxes).Name));
        Assert.Equal(
            ["From", "Date", "Subject", "Message-Id", "To", "Auto-Submitted", "MIME-Version"],
            mail.Headers.Select(header => header.Field));
        Assert.Equal("Confirm your email address", mail.Subject);
        Assert.Contains($"Hello {shown},", mail.TextBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("</p></body><script>alert(1)</script>")]
    [InlineData("<a href=\"https://evil.example\">click</a>")]
    [InlineData("&lt;b&gt;")]
    [InlineData("{0} {1:N} {{2}} %s %3Cb%3E")]
    [Scenario("A-11", "V1.1.1", "V1.1.2", "V1.2.1", "V1.2.2")]
    public async Task In_every_mail_a_name_is_shown_as_it_was_typed(string name)
    {
        await using var node = await CreateNodeAsync(registry =>
            (registry.DisplayName, registry.HelpDeskName, registry.HelpDeskEmail, registry.HelpDeskWeb) = (name, name, "help?bcc=evil@registry.example", "javascript:alert(1)"));

        var mails = await SendOneOfEachAsync(node, "en", name);

        Assert.Equal(
            node.Services.GetRequiredService<MessageKinds>().NamesOf(MessageChannel.Mail).Order(),
            await node.ReadAsync(db => db.OutboxMessages.Select(message => message.Kind).Distinct().OrderBy(kind => kind).ToListAsync()));
        Assert.All(mails, mail =>
        {
            var html = HtmlOf(mail);
            Assert.Empty(html.QuerySelectorAll("img, script, b"));
            Assert.All(
                html.QuerySelectorAll("a").Select(link => link.GetAttribute("href")),
                link => Assert.Contains(link, (string[])["tel:+16515550100", "mailto:help%3Fbcc%3Devil@registry.example", "https://signin.registry.example/guidance", "https://signin.registry.example/not-me?link=SECRET", "https://signin.registry.example/forgot-password/link?link=SECRET", "https://signin.registry.example/welcome?link=SECRET", "https://signin.registry.example/sign-in", "https://signin.registry.example/patient/sign-in"]));
            Assert.Contains($"Hello {name},", html.Body!.TextContent, StringComparison.Ordinal);
            Assert.Contains($"Hello {name},", mail.TextBody, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("amina@clinic.example\r\nBcc: evil@x.example")]
    [InlineData("amina@clinic.example, evil@x.example")]
    [InlineData("amina@clinic.example;evil@x.example")]
    [InlineData("\"a\r\nDATA\"@clinic.example")]
    [InlineData("\"amina evil@x.example\"@clinic.example")]
    [InlineData("Amina <amina@clinic.example>")]
    [InlineData("amina@clinic.example\u2028")]
    [InlineData("amina%0d%0a@clinic.example")]
    [InlineData("[\"amina@clinic.example\",\"evil@x.example\"]")]
    [InlineData("evil%x.example@clinic.example")]
    [InlineData("")]
    [Scenario("A-11", "F-13", "V1.3.11")]
    public async Task What_is_not_one_plain_address_gets_no_mail(string to)
    {
        await using var server = new ScriptedMailServer();
        await using var node = await MailNode.CreateAsync(Database.Sqlite, server.Settings);
        var id = await node.PromiseCodeAsync(to);

        await node.RunRoundAsync();

        var message = await node.ReadMessageAsync(id);
        Assert.Equal((OutboxState.Refused, "The address is none that mail can be sent to."), (message.State, message.LastAnswer));
        Assert.Null(message.Payload);
        Assert.Empty(server.Heard);
    }

    [Fact]
    public async Task A_moment_is_told_in_the_organizations_time_zone()
    {
        await using var node = await CreateNodeAsync();
        await node.PromiseAsync(Changed(node, "en") with { TimeZone = "America/New_York" });
        await node.PromiseAsync(Changed(node, "en") with { TimeZone = "Nowhere/Atlantis" });
        await node.RunRoundAsync();

        var texts = node.ReadPickup().Select(mail => mail.TextBody!).ToList();
        Assert.Contains(texts, text => text.Contains("Monday, March 2, 2026 9:00 AM (America/New_York)", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("Monday, March 2, 2026 2:00 PM (UTC)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_mail_of_the_product_can_be_sent()
    {
        await using var node = await MailNode.CreateAsync(Database.Sqlite);
        var promised = typeof(IMail).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IMail)) && !type.IsInterface)
            .Select(type => (string)type.GetProperty(nameof(IMail.Kind), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!);

        Assert.Equal(promised.Order(), node.Services.GetRequiredService<MessageKinds>().NamesOf(MessageChannel.Mail).Order());
    }

    [Theory]
    [InlineData("es")]
    [InlineData("fr")]
    [Scenario("S0-17")]
    public void No_text_is_missing_or_untranslated(string language)
    {
        var english = WordsIn("en");
        var translated = WordsIn(language);

        Assert.Equal(english.Keys.Order(), translated.Keys.Order());
        Assert.All(english, word =>
        {
            Assert.NotEqual(word.Value, translated[word.Key]);
            Assert.Equal(Placeholders(word.Value), Placeholders(translated[word.Key]));
        });
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Placeholder();

    private static IHtmlDocument HtmlOf(MimeMessage mail) => new HtmlParser().ParseDocument(mail.HtmlBody!);

    private static string Flat(string text) => Whitespace().Replace(text, " ").Trim();

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Value).Order();

    private static Dictionary<string, string> WordsIn(string language) =>
        new ResourceManager(typeof(Cardea.Features.Messages.Words)).GetResourceSet(CultureInfo.GetCultureInfo(language is "en" ? "" : language), createIfNotExists: true, tryParents: false)!
            .Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    private static async Task<MailNode> CreateNodeAsync(Action<Registry>? change = null)
    {
        var node = await MailNode.CreateAsync(Database.Sqlite);
        var registry = new Registry
        {
            DisplayName = "Immunization Registry",
            HelpDeskName = "Registry Help Desk",
            HelpDeskPhone = "+1 (651) 555-0100",
            HelpDeskEmail = "help@registry.example",
            HelpDeskWeb = "https://help.registry.example",
            PublicAddress = "https://signin.registry.example",
        };
        change?.Invoke(registry);
        await node.ReadAsync(db =>
        {
            db.Add(registry);
            return db.SaveChangesAsync();
        });
        return node;
    }

    private static async Task<IReadOnlyList<MimeMessage>> SendOneOfEachAsync(MailNode node, string language, string toName = "Amina Diallo")
    {
        var now = node.Clock.GetUtcNow();
        await SendAsync(node.CodeMail(toName: toName, language: language));
        await SendAsync(Changed(node, language) with { ToName = toName });
        await SendAsync(Locked(node, language) with { ToName = toName });
        await SendAsync(Locked(node, language) with { ToName = toName, IsStopped = true });
        await SendAsync(new CallerCodeMail(null, Amina, toName, language, "012345", now.AddMinutes(10)));
        await SendAsync(new NewPasswordMail(null, Amina, toName, language, now));
        foreach (var help in Enum.GetValues<HelpGiven>())
        {
            await SendAsync(new HelpGivenMail(null, Amina, toName, language, now, "America/Chicago", help, "Riverside Clinic (RIVERSIDE)"));
        }

        await SendAsync(new SignInCodeMail(null, Amina, toName, language, "012345", now.AddMinutes(10)));
        await SendAsync(new FactorAddedMail(null, Amina, toName, language, FactorKinds.Authenticator, now, "America/Chicago", "SECRET"));
        await SendAsync(new FactorRemovedMail(null, Amina, toName, language, FactorKinds.Text, now, "America/Chicago"));
        await SendAsync(new FactorsResetMail(null, Amina, toName, language, now, "America/Chicago"));
        await SendAsync(new RecoveryCodesBlockedMail(null, Amina, toName, language, now, "America/Chicago"));
        await SendAsync(new RecoveryCodesReplacedMail(null, Amina, toName, language, now, "America/Chicago"));
        await SendAsync(new NewDeviceMail(null, Amina, toName, language, "203.0.113.7", "Mozilla/5.0 (Windows NT 10.0)", now, "America/Chicago", "SECRET"));
        await SendAsync(new AccountFrozenMail(null, Amina, toName, language, "Ben Haile", "Riverside Clinic", now, "America/Chicago"));
        await SendAsync(new FactorBlockedMail(null, Amina, toName, language, FactorKinds.Email, now, "America/Chicago"));
        await SendAsync(new PasskeyCountFellMail(null, Amina, toName, language, now, "America/Chicago"));
        await SendAsync(new DetailsChangedMail(null, Amina, toName, language, now, "America/Chicago", "SECRET"));
        await SendAsync(new SecurityQuestionsChangedMail(null, Amina, toName, language, now, "America/Chicago", "SECRET"));
        await SendAsync(new PasswordChangedMail(null, Amina, toName, language, now, "America/Chicago"));
        await SendAsync(new PasswordCompromisedMail(null, Amina, toName, language, now));
        await SendAsync(new RecoveryCodeUsedMail(null, Amina, toName, language, Left: 9, now, "America/Chicago"));
        await SendAsync(new PasswordExpiresMail(null, Amina, toName, language, now.AddDays(10), "America/Chicago"));
        await SendAsync(new BecomesInactiveMail(null, Amina, toName, language, now.AddDays(10), "America/Chicago"));
        await SendAsync(new ReactivatedMail(null, Amina, toName, language, now));
        await SendAsync(new ResetLinkMail(null, Amina, toName, language, now, TimeSpan.FromDays(1), "SECRET"));
        await SendAsync(new ResetLinkMail(null, Amina, toName, language, now, TimeSpan.FromHours(1), "SECRET"));
        foreach (var refusal in Enum.GetValues<RecoveryRefusal>())
        {
            await SendAsync(new ResetRefusedMail(null, Amina, toName, language, Audience.Staff, refusal, now));
        }

        await SendAsync(new ResetRefusedMail(null, Amina, toName, language, Audience.Patient, RecoveryRefusal.Disabled, now));
        await SendAsync(new AccountHardLockedMail(null, Amina, toName, language, now, "America/Chicago"));
        await SendAsync(new SignInNamesMail(null, Amina, toName, language, [new(toName, "NORTH", "amina")], IdentifierKind.OrganizationCodeAndUsername, now));
        await SendAsync(new SignInNamesMail(null, Amina, toName, language, [new(toName, "NORTH", "amina")], IdentifierKind.Username, now));
        await SendAsync(Invitation(IdentifierKind.OrganizationCodeAndUsername, "amina", "+1 (218) 555-0199, accounts@north.example"));
        await SendAsync(Invitation(IdentifierKind.Username, "amina") with { LivesFor = TimeSpan.FromMinutes(90) });
        await SendAsync(Invitation(IdentifierKind.EmailAddress, Amina));
        await SendAsync(Invitation(IdentifierKind.EmailAddress, Amina) with { Audience = Audience.Patient });
        await SendAsync(new AgreementEndsMail(null, Amina, toName, language, "Riverside Clinic", new(2026, 5, 1)));
        await SendAsync(new Features.Messages.Texts.TextsStoppedMail(null, Amina, toName, language, Count: 500, now.AddHours(1), "America/Chicago"));
        return node.ReadPickup();

        InvitationMail Invitation(IdentifierKind identifier, string name, string? helpContact = null) => new(
            null, Amina, toName, language, Audience.Staff, identifier, "North Clinic", "NORTH", name, helpContact, now, TimeSpan.FromHours(72), "SECRET");

        async Task SendAsync<TMail>(TMail mail)
            where TMail : IMail
        {
            await node.PromiseAsync(mail);
            await node.RunRoundAsync();
            node.Clock.Advance(TimeSpan.FromSeconds(1));   // files of one moment stand in no order
        }
    }

    private static EmailChangedMail Changed(MailNode node, string language) =>
        new(null, Amina, "Amina Diallo", language, "amina.d@hospital.example", node.Clock.GetUtcNow(), "America/Chicago", "SECRET");

    private static AccountLockedMail Locked(MailNode node, string language) =>
        new(null, Amina, "Amina Diallo", language, node.Clock.GetUtcNow());
}
