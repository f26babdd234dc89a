using Microsoft.AspNetCore.Mvc.Rendering;

namespace Cardea.Features.Shared;

/// <summary>The model of _Field: one form control with its label, hint and errors. Pages write the field tag instead.</summary>
public sealed record Field(string Id, string Name, string Label)
{
    public string Type { get; init; } = "text";

    /// <summary>What stands in the control; never set for passwords, which are not sent back.</summary>
    public string? Value { get; init; }

    public string? Hint { get; init; }

    public string? Autocomplete { get; init; }

    public string? InputMode { get; init; }

    /// <summary>With options the control is a drop-down list.</summary>
    public IReadOnlyList<SelectListItem>? Options { get; init; }

    /// <summary>With more than one the control is a box for so many lines.</summary>
    public int Lines { get; init; } = 1;

    public IReadOnlyList<string> Errors { get; init; } = [];

    public string LabelId => Id + "-label";

    public string HintId => Id + "-hint";

    public string ErrorId => Id + "-error";

    /// <summary>The ids of what a screen reader reads after the label; null when there is nothing.</summary>
    public string? DescribedBy
    {
        get
        {
            var ids = string.Join(' ', ((string?[])[Errors.Count > 0 ? ErrorId : null, Hint is null ? null : HintId]).OfType<string>());
            return ids.Length > 0 ? ids : null;
        }
    }
}
