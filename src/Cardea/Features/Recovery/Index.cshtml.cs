using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Hosting;
using Cardea.Policies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Recovery;

/// <summary>"User Information" (S2-30, S0-12).</summary>
[AllowAnonymous, SignsInAfresh, ArrivesInCrowds]
public sealed class IndexModel(AskForRecovery ask, PolicyBook policies, IStringLocalizer<Words> words) : AskPageModel(ask, policies, words)
{
    public override Audience Audience => Audience.Staff;
}
