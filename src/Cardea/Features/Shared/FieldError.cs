using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Cardea.Features.Shared;

/// <summary>One line of _ErrorSummary.</summary>
/// <param name="FieldId">The control to go to; null when the error is about the whole form.</param>
public sealed record FieldError(string? FieldId, string Text)
{
    /// <summary>
    /// All errors of a page, in the order in which its model declares the fields, as a person meets them:
    /// the model state itself would sort them by name. What belongs to no field comes first.
    /// </summary>
    public static IReadOnlyList<FieldError> InPageOrder(ViewDataDictionary viewData)
    {
        ArgumentNullException.ThrowIfNull(viewData);

        var fields = Fields(viewData.ModelState.Root, viewData.ModelMetadata, "").ToList();
        return
        [
            .. from entry in viewData.ModelState
               orderby fields.IndexOf(entry.Key)
               from error in entry.Value.Errors
               select new FieldError(entry.Key.Length > 0 ? TagBuilder.CreateSanitizedId(entry.Key, "_") : null, error.ErrorMessage),
        ];
    }

    private static IEnumerable<string> Fields(ModelStateEntry state, ModelMetadata metadata, string name) =>
        metadata.ElementMetadata is { } element
            ? Enumerable.Range(0, state.Children?.Count ?? 0).SelectMany(index => Fields(state.Children![index], element, $"{name}[{index}]"))
            : metadata.Properties
                .Select(property => (Metadata: property, State: state.GetModelStateForProperty(property.PropertyName!)))
                .Where(property => property.State is not null)
                .SelectMany(property => Fields(property.State!, property.Metadata, Join(name, property.Metadata.PropertyName!)))
                .Prepend(name);

    private static string Join(string container, string property) => container.Length > 0 ? $"{container}.{property}" : property;
}
