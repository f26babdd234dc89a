using System.ComponentModel.DataAnnotations;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Policies;
using Cardea.Rules.Passwords;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Passwords;

/// <summary>Whose password is chosen: shown to them, and kept by password managers with it.</summary>
/// <param name="OrganizationCode">For whoever has never signed in with it; else null.</param>
public sealed record PasswordOwner(Guid OrganizationId, string DisplayName, string Username, string? OrganizationCode = null)
{
    public static PasswordOwner Of(SignedInPerson person) => new(person.OrganizationId, person.DisplayName, person.Username);
}

/// <summary>A page on which a password is chosen: typed twice, with all that it must be beside it (S2-11, S2-12).</summary>
public abstract class ChoosePasswordModel(PolicyBook policies, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public abstract PasswordOwner Owner { get; }

    public PasswordRequirements Requirements => PasswordWords.Requirements(Policy, "Input_NewPassword", words) with { StrengthHandler = "Strength" };

    private PasswordPolicy Policy => policies.For(Owner.OrganizationId).Passwords;

    /// <summary>While it is typed: how soon it would be guessed, and the word for it. Nothing is kept or changed.</summary>
    public async Task<IActionResult> OnPostStrengthAsync([FromServices] CommonPasswords common, CancellationToken cancellationToken)
    {
        if (!await IsOpenAsync(cancellationToken))
        {
            return NotFound();
        }

        var strength = common.Strength(Input.NewPassword ?? "");
        return new JsonResult(new { strength, text = words[$"Strength{strength}"].Value });
    }

    /// <summary>Whether the page has a form to fill in.</summary>
    protected virtual Task<bool> IsOpenAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>Null when it was typed twice and alike.</summary>
    protected IActionResult? WhatIsMissing() => Input switch
    {
        { NewPassword: null or "" } => this.PageWithError("Input.NewPassword", words["EnterNew"]),
        { ConfirmNewPassword: null or "" } => this.PageWithError("Input.ConfirmNewPassword", words["EnterAgain"]),
        _ when Input.NewPassword != Input.ConfirmNewPassword => this.PageWithError("Input.ConfirmNewPassword", words["DoNotMatch"]),
        _ => null,
    };

    /// <summary>Every requirement that is not met is named.</summary>
    protected IActionResult Refuse(IReadOnlyList<PasswordRefusal> reasons)
    {
        foreach (var reason in reasons)
        {
            ModelState.AddModelError("Input.NewPassword", PasswordWords.Of(reason, Policy, words));
        }

        return this.PageWithStatus(StatusCodes.Status400BadRequest);
    }

    public sealed class Form
    {
        /// <summary>Exactly as typed, spaces included (V6.2.8). Only where it is asked for.</summary>
        [DisplayFormat(ConvertEmptyStringToNull = false)]
        public string? CurrentPassword { get; set; }

        [DisplayFormat(ConvertEmptyStringToNull = false)]
        public string? NewPassword { get; set; }

        [DisplayFormat(ConvertEmptyStringToNull = false)]
        public string? ConfirmNewPassword { get; set; }
    }
}
