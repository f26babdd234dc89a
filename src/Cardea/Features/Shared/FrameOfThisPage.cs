using System.Globalization;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.SetUp;
using Cardea.Policies;
using Cardea.Rules.Sessions;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cardea.Features.Shared;

/// <summary>Fills the frame right before a page is rendered.</summary>
public sealed class FrameOfThisPage(RegistryProfile registry, PolicyBook policies, TimeProvider clock) : IAsyncResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context.Result is not PageResult)
        {
            await next();
            return;
        }

        var http = context.HttpContext;
        var profile = await registry.GetOrLastKnownAsync(http.RequestAborted);
        http.Features.Set(new Frame
        {
            RegistryName = profile.DisplayName,
            HelpDesk = new(profile.HelpDeskName ?? profile.DisplayName, profile.HelpDeskEmail, profile.HelpDeskPhone, profile.HelpDeskWeb),
            Audience = http.Audience,
            Person = http.Person is { } person ? new(person.DisplayName, person.Audience is Audience.Staff && !person.Standing.OrganizationIsOpen ? person.OrganizationCode : null, person.IsComplete) : null,
            Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
            Clock = http.Person is { } owner ? ClockOf(owner) : null,
        });
        await next();
    }

    private FrameClock ClockOf(SignedInPerson person)
    {
        var policy = policies.For(person.OrganizationId).Sessions;
        var now = clock.Now;
        return new((int)(SessionRules.EndsAt(person.StartedAt, now, policy) - now).TotalSeconds, (int)policy.WarnBefore.TotalSeconds);
    }
}
