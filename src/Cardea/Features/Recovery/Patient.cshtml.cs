using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Hosting;
using Cardea.Policies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Recovery;

/// <summary>The same for patients, by email address .</summary>
[AllowAnonymous, SignsInAfresh, ArrivesInCrowds, ForAudience(Audience.Patient)]
public sealed class PatientModel(AskForRecovery ask, PolicyBook policies, IStringLocalizer<Words> words) : AskPageModel(ask, policies, words)
{
    public override Audience Audience => Audience.Patient;
}
