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

    /// <summary>Left open on a screen that many use, by somebody who has seen the password typed.</summary>
    [Theory]
    [EachDatabase(false)]
    [EachDatabase(true)]
    [Scenario("S0-04", "S1-08", "A-05")]
    public async Task The_form_of_somebody_elses_sign_in_leads_to_no_session_in_which_more_was_proven(Database database, bool isRemembered)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync();
        await app.AskForSecondFactorAsync(amina.Organization, OrganizationMethod.UsersChoose, rememberDays: 3);
        var phone = await app.AddAuthenticatorAsync(amina);
        using var browser = await app.SignInAsync(amina);
        if (isRemembered)
        {
            browser.Fill("Do not ask again on this device for 3 days Not on a device that others use, too.", "yes");
        }

        await browser.EnterCodeAsync(phone.Code());
        browser.Cookies.CloseBrowser();
        await browser.OpenAsync("/sign-in");
        var planted = browser.FormOf("Login")["Input.FormId"];
        await browser.SignInAsync(amina);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        if (!isRemembered)
        {
            await browser.EnterCodeAsync(phone.Code());
        }

        Assert.Equal("/", browser.Url);
        using var thief = app.OpenBrowser();
        await thief.OpenAsync("/sign-in");
        thief.Fill("Organization Code", amina.Organization.Code);
        thief.Fill("Username", amina.Username);
        thief.Fill("Password", amina.Password);
        var form = thief.FormOf("Login");
        form["Input.FormId"] = planted;
        await thief.SubmitAsync(form);

        Assert.Equal("/sign-in/second-factor", thief.Url);
        await browser.OpenAsync("/account");
        Assert.Equal("/account", browser.Url);
    }
}
