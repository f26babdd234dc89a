namespace Cardea.Hosting;

/// <summary>A setting with which the product must not start. The message is one sentence that says how to mend it; it is all the operator sees.</summary>
public sealed class ConfigurationMistakeException(string sentence) : Exception(sentence);
