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
    private OpenLink? _link;

    /// <summary>For whom the form was shown: another tab of this browser may have proven somebody else's link meanwhile.</summary>
    [BindProperty, FromForm(Name = "for")]
    public Guid ShownFor { get; set; }

    /// <summary>By a page of its own: reloading it changes nothing.</summary>
    [FromQuery(Name = "done")]
    public Audience? DoneFor { get; set; }

    public bool IsOver => _link is null;

    public Guid LinkId => OpenLink.Id;

    public override PasswordOwner Owner => new(OpenLink.Person.OrganizationId, OpenLink.Person.DisplayName, OpenLink.Person.Username);

    private OpenLink OpenLink => _link ?? throw new InvalidOperationException("Nothing was proven: there is no form.");

    public async Task PrepareAsync(CancellationToken cancellationToken) =>
        _link = await links.FindByTicketAsync(HttpContext.ReadCookie(Cookies.Reset), cancellationToken);

    public Task OnGetAsync(CancellationToken cancellationToken) => PrepareAsync(cancellationToken);

    protected override async Task<bool> IsOpenAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return !IsOver && LinkId == ShownFor;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        DoneFor = null;
        await PrepareAsync(cancellationToken);
        if (IsOver || LinkId != ShownFor)
        {
            _link = null;
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
                _link = null;
                return Page();
            case ResetPasswordOutcome.TooBusy:
                return this.PageWhenTooBusy(_words["TooBusy"]);
            default:
                throw new UnreachableException(outcome.ToString());
        }
    }
}
