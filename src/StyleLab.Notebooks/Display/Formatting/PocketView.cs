using System.Dynamic;
using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>
/// An HTML element, written as C#: <c>div[class: "note", id: 3](b("text"), value)</c>. Square brackets give
/// attributes, round ones content; text is escaped, and any other value is shown as the notebook shows it.
/// </summary>
public sealed class PocketView : DynamicObject, IHtmlContent
{
    private static readonly HashSet<string> WithoutEnd =
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

    private readonly string _name;
    private readonly string _attributes;
    private readonly IReadOnlyList<object?> _content;

    /// <param name="name">The element's name; empty for a group without a tag of its own.</param>
    public PocketView(string name)
        : this(name, "", [])
    {
    }

    private PocketView(string name, string attributes, IReadOnlyList<object?> content)
    {
        _name = name;
        _attributes = attributes;
        _content = content;
    }

    /// <summary>The round brackets: the same element with content.</summary>
    public override bool TryInvoke(InvokeBinder binder, object?[]? args, out object? result)
    {
        result = new PocketView(_name, _attributes, [.. _content, .. args ?? []]);
        return true;
    }

    /// <summary>The square brackets: the same element with attributes.</summary>
    public override bool TryGetIndex(GetIndexBinder binder, object?[] indexes, out object? result)
    {
        var names = binder.CallInfo.ArgumentNames;
        int unnamed = indexes.Length - names.Count;
        var attributes = indexes.Select((value, i) => i < unnamed
            ? $" {value}"
            : $" {names[i - unnamed].Replace('_', '-')}=\"{WebUtility.HtmlEncode(value is IHtmlContent html ? Formatter.Html(html) : value?.ToString())}\"");
        result = new PocketView(_name, _attributes + string.Concat(attributes), _content);
        return true;
    }

    /// <summary>A dot adds a class: <c>div.note("text")</c>.</summary>
    public override bool TryGetMember(GetMemberBinder binder, out object? result)
    {
        result = new PocketView(_name, _attributes + $" class=\"{WebUtility.HtmlEncode(binder.Name)}\"", _content);
        return true;
    }

    /// <summary>A dot and round brackets: the class and the content at once.</summary>
    public override bool TryInvokeMember(InvokeMemberBinder binder, object?[]? args, out object? result)
    {
        result = new PocketView(_name, _attributes + $" class=\"{WebUtility.HtmlEncode(binder.Name)}\"", [.. _content, .. args ?? []]);
        return true;
    }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        string content = string.Concat(_content.Select(Html));
        writer.Write(
            _name.Length == 0 ? content
            : WithoutEnd.Contains(_name) ? $"<{_name}{_attributes}>"
            : $"<{_name}{_attributes}>{content}</{_name}>");
    }

    public override string ToString()
    {
        var writer = new StringWriter();
        WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }

    private static string Html(object? content) => content switch
    {
        null => "",
        string text => WebUtility.HtmlEncode(text),
        IHtmlContent html => Formatter.Html(html)!,
        IEnumerable<IHtmlContent> several => string.Concat(several.Select(Formatter.Html)),
        IEnumerable<object> items when items.All(item => item is IHtmlContent) => string.Concat(items.Select(Formatter.Html)),
        _ => NestedHtml.Of(Formatter.Format(content)),
    };
}
