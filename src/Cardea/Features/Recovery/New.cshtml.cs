using System.Diagnostics;
using Cardea.Features.Accounts;
using Cardea.Features.Passwords;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Policies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Recovery;

/// <summary>"Password Expired": the new one (S2-36). Only the browser in which all was proven gets here.</summary>
[AllowAnonymous, SignsInAfresh, ForAudience(Audience.Staff, Audience.Patient)]
public sealed class NewModel(
    ResetLinks links, ResetPassword resetPassword, PolicyBook policies, IStringLocalizer<Passwords.Words> passwordWords)
    : ChoosePasswordModel(policies, passwordWords), IShownAgain
{
    private readonly IStringLocalizer<Passwords.Words> _words = passwordWords;
    private PasswordOwner? _owner;

    /// <summary>By a page of its own: reloading it changes nothing.</summary>
    [FromQuery(Name = "done")]
    public Audience? DoneFor { get; set; }

    public bool IsOver => _owner is null;

    public override PasswordOwner Owner => _owner ?? throw new InvalidOperationException("Nothing was proven: there is no form.");

    public async Task PrepareAsync(CancellationToken cancellationToken) =>
        _owner = await links.FindProvenAsync(HttpContext.ReadCookie(Cookies.Reset), cancellationToken) is { Person: var person }
            ? new(person.OrganizationId, person.DisplayName, person.Username)
            : null;

    public Task OnGetAsync(CancellationToken cancellationToken) => PrepareAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        DoneFor = null;
        await PrepareAsync(cancellationToken);
        if (IsOver)
        {
            return Page();
        }

        if (WhatIsMissing() is { } answer)
        {
            return answer;
        }

        var known = HttpContext.ReadCookie(Cookies.Device);
        var device = Secrets.HasShape(known) ? known! : Secrets.New();
        var outcome = await resetPassword.RunAsync(HttpContext.ReadCookie(Cookies.Reset), Input.NewPassword!, device, cancellationToken);
        switch (outcome)
        {
            case ResetPasswordOutcome.Done done:
                HttpContext.DeleteCookie(Cookies.Reset);
                HttpContext.WriteCookie(Cookies.Device, device, Cookies.Lasting);
                return Redirect($"{RecoveryPages.New}?done={done.Audience}");
            case ResetPasswordOutcome.Refused refused:
                return Refuse(refused.Reasons);
            case ResetPasswordOutcome.ProofIsOver:
                _owner = null;
                return Page();
            case ResetPasswordOutcome.TooBusy:
                return this.PageWhenTooBusy(_words["TooBusy"]);
            default:
                throw new UnreachableException(outcome.ToString());
        }
    }
}
