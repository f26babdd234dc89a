using System.Diagnostics;
using Cardea.Features.Accounts;
using Cardea.Features.Passwords;
using Cardea.Features.Recovery;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Policies;
using Cardea.Rules.Recovery;
using Cardea.Rules.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Invitations;

/// <summary>
/// Where the mail to a new person leads: to their first password. Opening it uses nothing up. Its secret is moved from the address to a cookie at
/// once: addresses stay in the history of browsers (V14.2.1).
/// </summary>
[AllowAnonymous, SignsInAfresh, ForAudience(Audience.Staff, Audience.Patient)]
public sealed class IndexModel(
    ResetLinks links, AcceptInvitation acceptInvitation, PolicyBook policies, IStringLocalizer<Passwords.Words> passwordWords)
    : ChoosePasswordModel(policies, passwordWords), IShownAgain
{
    private readonly PolicyBook _policies = policies;
    private readonly IStringLocalizer<Passwords.Words> _words = passwordWords;
    private OpenLink? _link;

    [FromQuery(Name = "link")]
    public string? Mailed { get; set; }

    /// <summary>For whom the form was shown: another tab of this browser may have opened somebody else's invitation meanwhile.</summary>
    [BindProperty, FromForm(Name = "for")]
    public Guid ShownFor { get; set; }

    /// <summary>By a page of its own: reloading it changes nothing.</summary>
    [FromQuery(Name = "done")]
    public Audience? DoneFor { get; set; }

    public bool IsOver => _link is null;

    public Guid LinkId => OpenLink.Id;

    public override PasswordOwner Owner => new(
        OpenLink.Person.OrganizationId, OpenLink.Person.DisplayName, OpenLink.Person.Username, SignsInByCode ? OpenLink.Person.OrganizationCode : null);

    private bool SignsInByCode =>
        SignInName.IdentifierFor(OpenLink.Person.Audience, _policies.Everywhere.Identifier) is IdentifierKind.OrganizationCodeAndUsername;

    private string? Secret => HttpContext.ReadCookie(Cookies.Invitation);

    private OpenLink OpenLink => _link ?? throw new InvalidOperationException("The invitation is over: there is no form.");

    public async Task PrepareAsync(CancellationToken cancellationToken) => _link = await links.FindInvitationAsync(Secret, cancellationToken);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (Mailed is null)
        {
            await PrepareAsync(cancellationToken);
            return Page();
        }

        HttpContext.WriteCookie(Cookies.Invitation, Secrets.HasShape(Mailed) ? Mailed : "", RecoveryRules.ProofHoldsFor);
        return Redirect(InvitationPages.Welcome);
    }

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
        var outcome = await acceptInvitation.RunAsync(Secret, Input.NewPassword!, device, cancellationToken);
        switch (outcome)
        {
            case ResetPasswordOutcome.Done done:
                HttpContext.DeleteCookie(Cookies.Invitation);
                HttpContext.WriteCookie(Cookies.Device, device, Cookies.Lasting);
                return Redirect($"{InvitationPages.Welcome}?done={done.Audience}");
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
