using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;

namespace StyleLab.Notebooks;

/// <summary>Values as text: what a terminal would show.</summary>
internal static class PlainText
{
    public const string DefaultNull = "<null>";

    [ThreadStatic]
    private static int t_shown;

    public static string Of(object? value)
    {
        t_shown = 0;
        return value as string ?? Of(value, 0);
    }

    /// <param name="value">A part of another value.</param>
    /// <param name="depth">How deep inside it.</param>
    public static string Of(object? value, int depth) => value switch
    {
        null => Formatter.NullString,
        _ when depth > 0 && ValueFormatting.Registered(value)?[MimeTypes.PlainText] is { } registered => registered,
        string text => depth == 0 ? text : $"\"{text}\"",
        char c => c.ToString(),
        Type type => TypeName.Of(type),
        IHtmlContent => Formatter.Html(value)!,
        Exception exception => string.Join("\n", Traceback.Describe(exception).Traceback),
        _ when Shape.IsSimple(value) => Simple(value),
        _ when HasOwnText(value) => value.ToString() ?? "",
        _ when depth >= Formatter.RecursionLimit || ++t_shown > Shape.MaxValues => TypeName.Of(value.GetType()),
        _ when Shape.Entries(value) is { } entries => Dictionary((IEnumerable)value, entries, depth),
        IEnumerable sequence => Sequence(sequence, depth),
        _ => Object(value, depth),
    };

    private static string Simple(object value) =>
        value is IFormattable formattable
            ? formattable.ToString(null, CultureInfo.InvariantCulture)
            : value.ToString() ?? "";

    /// <summary>The type, or one it derives from, says itself how it reads. (Records and structs say only what we say
    /// too.)</summary>
    public static bool HasOwnText(object value)
    {
        var method = value.GetType().GetMethod(nameof(ToString), Type.EmptyTypes)!;
        bool isAnonymous = value.GetType().IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);
        return !isAnonymous && method.DeclaringType != typeof(object) && method.DeclaringType != typeof(ValueType)
            && !method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);
    }

    private static string Sequence(IEnumerable sequence, int depth)
    {
        var (items, hasMore) = Shape.FirstItems(sequence);
        if (items.Count == 0)
            return "[ ]";
        var texts = items.Select(item => Of(item, depth + 1)).ToList();
        if (hasMore)
            texts.Add("… " + Shape.MoreNote(sequence));
        return $"[ {string.Join(", ", texts)} ]";
    }

    private static string Dictionary(IEnumerable dictionary, IEnumerable<(object? Key, object? Value)> entries, int depth)
    {
        var texts = entries.Take(Shape.MaxItems(dictionary)).Select(e => $"{Of(e.Key, depth + 1)}: {Of(e.Value, depth + 1)}").ToList();
        if (texts.Count == 0)
            return "{ }";
        if (dictionary is ICollection { Count: var count } && count > texts.Count)
            texts.Add("… " + Shape.MoreNote(dictionary));
        return $"{{ {string.Join(", ", texts)} }}";
    }

    private static string Object(object value, int depth)
    {
        var text = new StringBuilder(TypeName.Of(value.GetType()));
        var parts = Shape.Parts(value);
        if (parts.Count > 0)
            text.Append(" { ").AppendJoin(", ", parts.Select(p => $"{p.Name} = {Of(p.Value, depth + 1)}")).Append(" }");
        return text.ToString();
    }
}
