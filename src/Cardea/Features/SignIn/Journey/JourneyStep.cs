using Cardea.Features.Sessions;
using Cardea.Policies;

namespace Cardea.Features.SignIn.Journey;

/// <summary>
/// One obligation between the password and the dashboard. It lives in its feature and answers two questions: is it due, and which page
/// settles it? Its place in the order is a line in <see cref="SignInJourney"/>.
/// </summary>
public abstract class JourneyStep
{
    /// <summary>Kept on sessions and in the words of the step indicator ("Step" + name): written out, never changed.</summary>
    public abstract string Name { get; }

    /// <summary>Path of the page; everything below it belongs to the step as well.</summary>
    public abstract string Path { get; }

    /// <summary>Obligations are those of staff, unless a step says otherwise (S1-09).</summary>
    public virtual bool ConcernsPatients => false;

    public abstract bool IsDue(Standing standing, Policy policy, DateTimeOffset now);

    /// <summary>Whether the step also interrupts a session that was complete before. Hardly any does: people are in the middle of their work.</summary>
    public virtual bool InterruptsCompleteSession(SignedInPerson person) => false;
}
