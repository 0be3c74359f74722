namespace StyleLab.Notebooks;

/// <summary>Turns values into what a notebook can show.</summary>
public static class Formatter
{
    /// <summary>
    /// Formats a value: as its type asks for by the <c>TypeFormatterSource</c> convention, otherwise as text, and as a
    /// table where it has parts. A formatter that throws leaves a note instead of its content.
    /// </summary>
    /// <param name="value">Anything, null too.</param>
    /// <param name="mimeTypes">Only these types, if the value has any of them; all if empty.</param>
    public static MimeBundle Format(object? value, IReadOnlyCollection<string>? mimeTypes = null)
    {
        var all = FormatAll(value);
        if (mimeTypes is not { Count: > 0 })
            return all;

        var asked = new MimeBundle();
        foreach (string mimeType in mimeTypes)
        {
            if (all[mimeType] is { } content)
                asked.Add(mimeType, content);
        }

        return asked.Count > 0 ? asked : all;
    }

    private static MimeBundle FormatAll(object? value)
    {
        switch (value)
        {
            case MimeBundle ready:
                return ready;
            case HtmlContent html:
                return new MimeBundle { { MimeTypes.Html, html.Html } };
        }

        MimeBundle? content = null;
        string? problem = null;
        try
        {
            content = value == null ? null : ConventionFormatters.Format(value);
        }
        catch (Exception thrown)
        {
            problem = $"(the formatter of {TypeName.Of(value!.GetType())} failed: {thrown.Message})";
        }

        content ??= FormatByShape(value);
        if (!content.Contains(MimeTypes.PlainText))
            content.Add(MimeTypes.PlainText, PlainText.Of(value));
        if (problem != null)
            content = new MimeBundle { { MimeTypes.PlainText, $"{content[MimeTypes.PlainText]}\n{problem}" } };
        return content;
    }

    private static MimeBundle FormatByShape(object? value)
    {
        var content = new MimeBundle();
        try
        {
            if (HtmlTable.Of(value) is { } table)
                content.Add(MimeTypes.Html, table);
            content.Add(MimeTypes.PlainText, PlainText.Of(value));
        }
        catch (Exception thrown)
        {
            // Enumerating or reading properties runs the user's own code.
            return new MimeBundle
            {
                { MimeTypes.PlainText, $"{TypeName.Of(value!.GetType())} (cannot be shown: {thrown.Message})" },
            };
        }

        return content;
    }
}
