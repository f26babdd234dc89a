namespace Cardea.Rules.SignIn;

/// <summary>Where a step of the sign-in journey stands, for the step indicator (S2-09).</summary>
public enum JourneyStepState
{
    Done,
    Current,
    ToDo,
}
