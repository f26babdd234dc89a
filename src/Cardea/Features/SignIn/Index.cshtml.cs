using Cardea.Features.Accounts;
using Cardea.Features.Recovery;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Features.SignIn.Journey;
using Cardea.Features.SignIn.Passkeys;
using Cardea.Hosting;
using Cardea.Policies;
using Cardea.Rules.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SignIn;

/// <summary>The page that staff meet first (S0-03).</summary>
[AllowAnonymous]
[SignsInAfresh]
[ArrivesInCrowds]
public sealed class IndexModel(SignInWithPassword signIn, PolicyBook policies, IStringLocalizer<Words> words) : SignInPageModel(signIn, policies, words)
{
    private readonly PolicyBook _policies = policies;
    private readonly IStringLocalizer<Words> _words = words;

    public override Audience Audience => Audience.Staff;

    /// <summary>Before something delicate; see <see cref="SecondFactors.Security.RecentProof"/>.</summary>
    [FromQuery(Name = "confirm")]
    public bool Confirms { get; set; }

    [FromQuery(Name = "declined")]
    public bool Declined { get; set; }

    /// <summary>A passkey was shown that did not sign in; why is nobody's business here.</summary>
    [FromQuery(Name = PasskeyModel.Refused)]
    public bool PasskeyRefused { get; set; }

    public bool PasskeySignsIn => _policies.Everywhere.SecondFactors.PasskeySignsIn;

    public string PasskeyAction => JourneyLinks.With(PasskeyModel.Path, ReturnTarget.Local(ReturnUrl));

    /// <summary>Where passkeys sign in, browsers offer them among the names that they have kept.</summary>
    public override string NameAutocomplete => PasskeySignsIn ? "username webauthn" : base.NameAutocomplete;

    public override string ForgotPasswordPage => RecoveryPages.Staff;

    public override Notice? Notice => this switch
    {
        _ when HttpMethods.IsPost(Request.Method) => null,
        { Confirms: true } => new(NoticeKind.Info, _words["Confirms"]),
        { PasskeyRefused: true } => new(NoticeKind.Warning, _words["PasskeyRefused"]),
        { Declined: true } => new(NoticeKind.Info, _words["Declined"]),
        _ => base.Notice,
    };

    protected override bool AsksAgain => Confirms;
}
