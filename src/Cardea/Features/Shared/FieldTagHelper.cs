using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Cardea.Features.Shared;

/// <summary>
/// A form control the way every page shows it: <c>&lt;field for="Input.Username" label="…" autocomplete="username" /&gt;</c>.
/// What was typed is kept, except passwords. <c>type="password"</c> adds "Show password" and the Caps Lock hint;
/// <c>options</c> makes it a drop-down list, <c>lines</c> a box for more than one (on pages of the console, whose style sheet knows it).
/// </summary>
[HtmlTargetElement("field", Attributes = "for,label", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FieldTagHelper(IHtmlHelper html) : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public required ViewContext ViewContext { get; set; }

    public required ModelExpression For { get; set; }

    public required string Label { get; set; }

    public string Type { get; set; } = "text";

    public string? Hint { get; set; }

    public string? Autocomplete { get; set; }

    [HtmlAttributeName("inputmode")]
    public string? InputMode { get; set; }

    public IEnumerable<SelectListItem>? Options { get; set; }

    public int Lines { get; set; } = 1;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);

        var name = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var state = ViewContext.ModelState.GetValueOrDefault(name);

        var field = new Field(TagBuilder.CreateSanitizedId(name, "_"), name, Label)
        {
            Type = Type,
            Value = Type is "password" ? null : state?.AttemptedValue ?? Convert.ToString(For.Model, CultureInfo.InvariantCulture),
            Hint = Hint,
            Autocomplete = Autocomplete,
            InputMode = InputMode,
            Options = Options?.ToList(),
            Lines = Lines,
            Errors = [.. (state?.Errors ?? []).Select(error => error.ErrorMessage)],
        };

        ((IViewContextAware)html).Contextualize(ViewContext);
        output.TagName = null;
        output.Content.SetHtmlContent(await html.PartialAsync("_Field", field));
    }
}
