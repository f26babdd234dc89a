namespace Cardea.Features.Shared;

public enum StepState { Done, Current, ToDo }

/// <summary>One step of the journey under the name that people read.</summary>
public sealed record Step(string Label, StepState State);

/// <summary>The model of _StepIndicator: the whole journey in its order, with exactly one current step.</summary>
public sealed record StepIndicator(IReadOnlyList<Step> Steps)
{
    public Step Current => Steps.Single(step => step.State is StepState.Current);

    /// <summary>Counted from one, as people count.</summary>
    public int CurrentNumber => Steps.Count(step => step.State is StepState.Done) + 1;
}
