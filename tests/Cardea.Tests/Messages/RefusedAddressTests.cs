using Cardea.Features.Accounts;
using Cardea.Features.Organizations;
using Cardea.Features.Passwords;
using Cardea.Rules.EmailAddresses;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.Messages;

/// <summary>A mail that its server refused for good stands with the account, until one was taken or the address is another.</summary>
public sealed class RefusedAddressTests
{
    private const string Address = "Amina@clinic.example", Refused = "550 5.1.1 no such user";

    [Theory, EachDatabase]
    public async Task A_refusal_is_kept_and_the_next_mail_that_is_taken_clears_it(Database database)
    {
        await using var server = new ScriptedMailServer(new Dictionary<string, string> { ["RCPT"] = Refused });
        await using var node = await MailNode.CreateAsync(database, server.Settings);
        var amina = await AddAccountAsync(node);
        await node.PromiseAsync(MailTo(node, amina, "amina@CLINIC.example"));

        await node.RunRoundAsync();
        Assert.Equal(node.Clock.GetUtcNow(), await RefusedAtAsync(node, amina));

        server.Script = new Dictionary<string, string>();
        await node.PromiseAsync(MailTo(node, amina, Address));
        await node.RunRoundAsync();
        Assert.Null(await RefusedAtAsync(node, amina));
    }

    /// <summary>The former address is told of a change, and may be gone: that says nothing about the new one.</summary>
    [Theory, EachDatabase]
    public async Task A_refusal_of_another_address_says_nothing_about_theirs(Database database)
    {
        await using var server = new ScriptedMailServer(new Dictionary<string, string> { ["RCPT"] = Refused });
        await using var node = await MailNode.CreateAsync(database, server.Settings);
        var amina = await AddAccountAsync(node);

        await node.PromiseAsync(MailTo(node, amina, "former@clinic.example"));
        await node.RunRoundAsync();

        Assert.Null(await RefusedAtAsync(node, amina));
    }

    /// <summary>The server is full, or away: the next hour may be better.</summary>
    [Theory, EachDatabase]
    public async Task A_server_that_asks_to_come_back_later_has_refused_nothing(Database database)
    {
        await using var server = new ScriptedMailServer(new Dictionary<string, string> { ["RCPT"] = "452 4.2.2 mailbox full" });
        await using var node = await MailNode.CreateAsync(database, server.Settings);
        var amina = await AddAccountAsync(node);

        await node.PromiseAsync(MailTo(node, amina, Address));
        await node.RunRoundAsync();

        Assert.Null(await RefusedAtAsync(node, amina));
    }

    private static PasswordChangedMail MailTo(MailNode node, Guid account, string address) =>
        new(account, address, "Amina Diallo", "en", node.Clock.GetUtcNow(), "America/Chicago");

    private static Task<DateTimeOffset?> RefusedAtAsync(MailNode node, Guid account) =>
        node.ReadAsync(db => db.Accounts.Where(a => a.Id == account).Select(a => a.EmailRefusedAt).SingleAsync());

    private static Task<Guid> AddAccountAsync(MailNode node) => node.ReadAsync(async db =>
    {
        var clinic = new Organization
        {
            Id = Guid.CreateVersion7(),
            Code = "CLINIC",
            CodeSkeleton = "clinic",
            Name = "Riverside Clinic",
            Type = OrganizationType.HealthCareProvider,
            TimeZone = "America/Chicago",
            CreatedAt = node.Clock.GetUtcNow(),
        };
        var account = new Account
        {
            Id = Guid.CreateVersion7(),
            UserName = "subject",
            NormalizedUserName = "subject",
            Email = Address,
            NormalizedEmail = EmailAddressRules.Folded(Address),
            SecurityStamp = "",
            GivenName = "Amina",
            FamilyName = "Diallo",
            Audience = Audience.Staff,
            HomeOrganizationId = clinic.Id,
            PasswordSetAt = node.Clock.GetUtcNow(),
            PasswordIsTemporary = false,
            CreatedAt = node.Clock.GetUtcNow(),
        };
        db.AddRange(clinic, account);
        await db.SaveChangesAsync();
        return account.Id;
    });
}
