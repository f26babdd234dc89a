using System.Diagnostics;
using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Policies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Passwords;

/// <summary>"Change Password" (S2-11), for staff and patients alike.</summary>
[ForAudience(Audience.Staff, Audience.Patient)]
public sealed class ChangeModel(ChangePassword changePassword, PolicyBook policies, IStringLocalizer<Words> words) : ChoosePasswordModel(policies, words)
{
    public const string Path = "/account/password";

    private readonly IStringLocalizer<Words> _words = words;

    public SignedInPerson Person => HttpContext.RequiredPerson;

    public override PasswordOwner Owner => PasswordOwner.Of(Person);

    [FromQuery(Name = "updated")]
    public bool IsUpdated { get; set; }

    public string Back => Person.Audience is Audience.Staff ? "/account" : AudiencePages.Home(Person.Audience);

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        IsUpdated = false;
        if (string.IsNullOrEmpty(Input.CurrentPassword))
        {
            return this.PageWithError("Input.CurrentPassword", _words["EnterCurrent"]);
        }

        if (WhatIsMissing() is { } answer)
        {
            return answer;
        }

        var outcome = await changePassword.RunAsync(Person, new(Input.CurrentPassword, Input.NewPassword!), cancellationToken);
        return outcome switch
        {
            ChangePasswordOutcome.Changed changed => Confirm(changed.SessionSecret),
            ChangePasswordOutcome.Refused refused => Refuse(refused.Reasons),
            ChangePasswordOutcome.CurrentIsWrong => this.PageWithError("Input.CurrentPassword", _words["CurrentIsWrong"]),
            ChangePasswordOutcome.Locked { Minutes: 1 } => this.PageWithError("Input.CurrentPassword", _words["LockedOneMinute"]),
            ChangePasswordOutcome.Locked locked => this.PageWithError("Input.CurrentPassword", _words["LockedMinutes", locked.Minutes]),
            ChangePasswordOutcome.SessionIsOver => Challenge(),
            ChangePasswordOutcome.TooBusy => this.PageWhenTooBusy(_words["TooBusy"]),
            _ => throw new UnreachableException(outcome.ToString()),
        };
    }

    /// <summary>By a page of its own: reloading it changes nothing.</summary>
    private RedirectResult Confirm(string sessionSecret)
    {
        HttpContext.WriteCookie(Cookies.Session, sessionSecret);
        return Redirect($"{Path}?updated=true");
    }
}
