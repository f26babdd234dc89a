using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SignIn.Journey;

/// <summary>What the step indicator shows: all that was due when this session began, and anything that came up since, in the order of the journey.</summary>
public sealed class StepsOfThisSession(SignInJourney journey, IStringLocalizer<Words> words)
{
    /// <summary>By a step that came up when the journey was over .</summary>
    public bool IsInterrupted(SignedInPerson person) => journey.Next(person) is not null;

    public StepIndicator For(SignedInPerson person)
    {
        var planned = person.PlannedSteps.Split(' ');
        var due = journey.Due(person.Standing);
        var current = journey.Next(person);
        return new([.. SignInJourney.Order
            .Where(step => planned.Contains(step.Name) || step == current || (!person.IsComplete && due.Contains(step)))
            .Select(step => new Step(words[$"Step{step.Name}"], StateOf(step)))]);

        StepState StateOf(JourneyStep step) => step == current ? StepState.Current : due.Contains(step) ? StepState.ToDo : StepState.Done;
    }
}
