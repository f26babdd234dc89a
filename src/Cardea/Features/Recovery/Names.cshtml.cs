using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Hosting;
using Cardea.Policies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Recovery;

/// <summary>For whoever forgot the organization code or username: the email address asks .</summary>
[AllowAnonymous, SignsInAfresh, ArrivesInCrowds]
public sealed class NamesModel(AskForRecovery ask, PolicyBook policies, IStringLocalizer<Words> words) : AskPageModel(ask, policies, words)
{
    public override Audience Audience => Audience.Staff;

    protected override RecoveryWishKind Kind => RecoveryWishKind.SignInNames;

    public override bool AsksOrganization => false;

    public override bool AsksUsername => false;

    public override bool AsksEmail => true;

    /// <summary>Where people sign in by email address there is nothing to forget.</summary>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (!MayForgetNames)
        {
            context.Result = NotFound();
        }
    }
}
