using AngleSharp.Html.Dom;

namespace Cardea.Tests.Infrastructure;

/// <summary>What a browser would send when a button is pressed: hidden fields included. A test may change it before it is sent.</summary>
public sealed class PageForm(HttpMethod method, Uri target)
{
    public HttpMethod Method { get; } = method;

    public Uri Target { get; set; } = target;

    public List<KeyValuePair<string, string>> Fields { get; } = [];

    public string this[string name]
    {
        get => Fields.Single(field => field.Key == name).Value;
        set
        {
            Remove(name);
            Add(name, value);
        }
    }

    public void Add(string name, string value) => Fields.Add(new(name, value));

    public void Remove(string name) => Fields.RemoveAll(field => field.Key == name);

    public HttpRequestMessage ToRequest()
    {
        if (Method != HttpMethod.Get)
        {
            return new(Method, Target) { Content = new FormUrlEncodedContent(Fields) };
        }

        var query = new FormUrlEncodedContent(Fields).ReadAsStringAsync().GetAwaiter().GetResult();
        return new(Method, new UriBuilder(Target) { Query = query }.Uri);
    }

    internal static PageForm Of(IHtmlFormElement form, IHtmlElement button, Uri page)
    {
        var method = button.GetAttribute("formmethod") ?? form.GetAttribute("method") ?? "get";
        var action = button.GetAttribute("formaction") ?? form.GetAttribute("action");
        var filled = new PageForm(new HttpMethod(method.ToUpperInvariant()), string.IsNullOrEmpty(action) ? page : new Uri(page, action));
        foreach (var control in form.Elements.OfType<IHtmlElement>())
        {
            if (control.GetAttribute("name") is { Length: > 0 } name && !control.HasAttribute("disabled") && ValueOf(control) is { } value)
            {
                filled.Add(name, value);
            }
        }

        if (button.GetAttribute("name") is { Length: > 0 } pressed)
        {
            filled.Add(pressed, button.GetAttribute("value") ?? "");
        }

        return filled;
    }

    private static string? ValueOf(IHtmlElement control) => control switch
    {
        IHtmlInputElement { Type: "checkbox" or "radio" } box => box.IsChecked ? box.GetAttribute("value") ?? "on" : null,
        IHtmlInputElement { Type: "submit" or "button" or "reset" or "image" } => null,
        IHtmlInputElement input => input.Value,
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement list => list.Value,
        _ => null,
    };
}
