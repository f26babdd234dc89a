namespace Cardea.Bench;

/// <summary>There are no figures to give. The message says why in one sentence.</summary>
internal sealed class MeasurementFailed(string message) : Exception(message);
