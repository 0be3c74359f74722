using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

namespace StyleLab.Notebooks;

/// <summary>A value in all types it can be shown in; never throws, whatever the user's formatters do.</summary>
internal static class ValueFormatting
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static MimeBundle Format(object? value)
    {
        MimeBundle? content = null;
        string? problem = null;
        try
        {
            if (ReadyMade(value) is { } ready)
                return ready;
            content = value == null ? null : Custom(value);
        }
        catch (Exception thrown)
        {
            problem = $"(the formatter of {TypeName.Of(value!.GetType())} failed: {thrown.Message})";
        }

        content ??= FormatByShape(value);
        if (!content.Contains(MimeTypes.PlainText))
            content.Add(MimeTypes.PlainText, PlainTextOf(value));
        if (problem != null)
            content = new MimeBundle { { MimeTypes.PlainText, $"{content[MimeTypes.PlainText]}\n{problem}" } };
        return content;
    }

    /// <summary>Whether the notebook, the value's type or a package's extension says how the value is shown.</summary>
    public static bool IsCustom(object value) =>
        Formatter.Html(value) != null || RegisteredFormatters.For(value.GetType()).Count > 0 || ConventionFormatters.Has(value)
        || KnownValues.Has(value) || ExtensionFormatters.Know(value);

    /// <summary>A value that stands inside another. What its type has as HTML comes first then: there a picture is best small.</summary>
    public static MimeBundle Inside(object value) =>
        Registered(value) == null && ConventionFormatters.Format(value, MimeTypes.Html) is { } html
            ? new MimeBundle { { MimeTypes.Html, html } }
            : Formatter.Format(value);

    /// <summary>What a notebook registered for the value; null if nothing handles it.</summary>
    public static MimeBundle? Registered(object value) =>
        RegisteredFormatters.Format(value, RegisteredFormatters.For(value.GetType()));

    private static MimeBundle? Custom(object value)
    {
        var registered = Registered(value);
        var byConvention = ConventionFormatters.Format(value);
        if (registered == null || byConvention == null)
            return registered ?? byConvention ?? KnownValues.Format(value) ?? ExtensionFormatters.Format(value);
        foreach (var (mimeType, text) in byConvention.Where(part => !registered.Contains(part.Key)))
            registered.Add(mimeType, text);
        return registered;
    }

    /// <summary>Values that are content already.</summary>
    private static MimeBundle? ReadyMade(object? value)
    {
        switch (value)
        {
            case MimeBundle bundle:
                return bundle;
            case FormattedValue one:
                return Bundle([one]);
            case IEnumerable<FormattedValue> several:
                return Bundle(several);
            case LaTeXString latex:
                return new MimeBundle { { MimeTypes.Latex, latex.ToString() }, { MimeTypes.PlainText, latex.ToString() } };
            case MathString formula:
                return new MimeBundle
                {
                    { MimeTypes.Latex, $"$${formula}$$" }, { MimeTypes.PlainText, formula.ToString() },
                };
            case TabularDataResource table:
                var preview = table.Preview?.ToBundle();
                return new MimeBundle
                {
                    { TabularDataResource.MimeType, table.ToJsonString().ToString() },
                    { MimeTypes.Html, preview?[MimeTypes.Html] ?? HtmlTable.OfItems(table.Items) },
                    { MimeTypes.PlainText, preview?[MimeTypes.PlainText] ?? PlainText.Of(table.Items) },
                };
            case JsonString json:
                return Json(json.ToString());
            case JsonNode json:
                return Json(json.ToJsonString(Indented));
            case JsonElement json:
                return Json(JsonSerializer.Serialize(json, Indented));
            case JsonDocument json:
                return Json(JsonSerializer.Serialize(json, Indented));
            case IEnumerable when IsNewtonsoftJson(value.GetType()):
                return Json(value.ToString()!);
            default:
                return Formatter.Html(value) is { } html ? new MimeBundle { { MimeTypes.Html, html } } : null;
        }
    }

    // Objects and arrays of a library that many notebooks bring; its single values are text.
    private static bool IsNewtonsoftJson(Type type) =>
        type.FullName == "Newtonsoft.Json.Linq.JContainer" || (type.BaseType is { } parent && IsNewtonsoftJson(parent));

    private static MimeBundle Json(string json) => new() { { MimeTypes.Json, json }, { MimeTypes.PlainText, json } };

    private static MimeBundle Bundle(IEnumerable<FormattedValue> values)
    {
        var bundle = new MimeBundle();
        foreach (var value in values.Where(value => !value.SuppressDisplay))
            bundle.Add(value.MimeType, value.Value);
        return bundle;
    }

    private static MimeBundle FormatByShape(object? value)
    {
        var content = new MimeBundle();
        try
        {
            if (HtmlTable.Of(value) is { } table)
                content.Add(MimeTypes.Html, table);
        }
        catch (Exception thrown)
        {
            return CannotBeShown(value, thrown);
        }

        content.Add(MimeTypes.PlainText, PlainTextOf(value));
        return content;
    }

    // Enumerating or reading properties runs the user's own code.
    private static string PlainTextOf(object? value)
    {
        try
        {
            return PlainText.Of(value);
        }
        catch (Exception thrown)
        {
            return CannotBeShown(value, thrown)[MimeTypes.PlainText]!;
        }
    }

    private static MimeBundle CannotBeShown(object? value, Exception thrown) => new()
    {
        { MimeTypes.PlainText, $"{TypeName.Of(value!.GetType())} (cannot be shown: {thrown.Message})" },
    };
}
