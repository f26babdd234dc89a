using Cardea.Rules.SecondFactors;
using Cardea.Tests.EmailAddresses;

namespace Cardea.Tests.SecondFactors;

/// <summary>Whoever has the password, and more than they should, but not the second factor.</summary>
[Scenario("A-06", "A-12")]
public sealed class WaysAroundTests
{
    private const string Confirm = "/account/confirm", Delicate = "/account/security/recovery-codes";

    /// <summary>At an unlocked screen the mailbox is open, too.</summary>
    [Theory, EachDatabase, Scenario("N-15", "V7.5.1")]
    public async Task What_was_proven_weakly_is_no_recent_proof_of_the_strongest(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync();
        await app.AskForSecondFactorAsync(amina.Organization, OrganizationMethod.UsersChoose);
        await app.AddFactorAsync(amina, FactorKinds.Email);
        var phone = await app.AddAuthenticatorAsync(amina);
        using var browser = await app.SignInAsync(amina);
        await browser.EnterCodeAsync(phone.Code());
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await browser.OpenAsync(Delicate);
        Assert.StartsWith(Confirm, browser.Url, StringComparison.Ordinal);

        var form = browser.FormOf("Login");
        form.Target = new Uri(form.Target, $"{Confirm}/email");
        form.Add("Input.Answer", "resend");
        await browser.SubmitAsync(form);
        form["Input.Answer"] = "enter";
        form["Input.Code"] = await app.CodeSentToAsync(amina.Email);
        await browser.SubmitAsync(form);
        await browser.OpenAsync(Delicate);

        Assert.StartsWith(Confirm, browser.Url, StringComparison.Ordinal);
    }
}
