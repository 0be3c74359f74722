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

    public static string Of(object? value) => value as string ?? Room.ForText(() => Of(value, 0));

    /// <param name="value">A part of another value.</param>
    /// <param name="depth">How deep inside it.</param>
    public static string Of(object? value, int depth) => value switch
    {
        null => Formatter.NullString,
        _ when depth > 0 && ValueFormatting.Registered(value)?[MimeTypes.PlainText] is { } registered => Room.Current.Text(registered),
        _ when depth > 0 && ConventionFormatters.Format(value, MimeTypes.PlainText) is { } own => Room.Current.Text(own),
        _ when (depth > 0 ? KnownValues.Line(value) : KnownValues.Text(value)) is { } known => Room.Current.Text(known),
        string text => depth == 0 ? text : $"\"{Room.Current.Text(text)}\"",
        char c => c.ToString(),
        Type type => TypeName.Of(type),
        IHtmlContent => Formatter.Html(value)!,
        Exception exception => string.Join("\n", Traceback.Describe(exception).Traceback),
        Delegate function => TypeName.Of(function.GetType()),
        ITuple tuple when IsOfDotNet(tuple) => Tuple(tuple, depth),
        _ when ValueShape.IsSimple(value) => Room.Current.Text(Simple(value)),
        _ when HasOwnText(value) => depth == 0 ? value.ToString() ?? "" : Room.Current.Text(value.ToString() ?? ""),
        _ when ValueShape.AsyncItem(value) is { } item => $"IAsyncEnumerable<{TypeName.Of(item)}>, to be read by await foreach",
        _ => (depth < Formatter.RecursionLimit ? Room.Current.Parts(value, () => WithParts(value, depth)) : null)
            ?? Room.Current.Text(TypeName.Of(value.GetType())),
    };

    private static string WithParts(object value, int depth) => value switch
    {
        _ when ValueShape.Entries(value) is { } entries => Dictionary((IEnumerable)value, entries, depth),
        IEnumerable sequence => Sequence(sequence, depth),
        _ => Object(value, depth),
    };

    // Dates as ISO 8601 has them: 02/03 is two days in two countries.
    private static string Simple(object value) => value switch
    {
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>The type, or one it derives from, says itself how it reads. (Records and structs say only what we say
    /// too.)</summary>
    public static bool HasOwnText(object value)
    {
        var method = value.GetType().GetMethod(nameof(ToString), Type.EmptyTypes)!;
        bool isAnonymous = value.GetType().IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);
        return !isAnonymous && method.DeclaringType != typeof(object) && method.DeclaringType != typeof(ValueType)
            && !method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);
    }

    // Records of cells may be tuples, too.
    private static bool IsOfDotNet(ITuple tuple) => tuple.GetType().Assembly == typeof(ITuple).Assembly;

    // Its own text writes arrays and functions as their types.
    private static string Tuple(ITuple tuple, int depth) => depth >= Formatter.RecursionLimit ? TypeName.Of(tuple.GetType())
        : $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => tuple[i] is string text ? Room.Current.Text(text) : Of(tuple[i], depth + 1)))})";

    private static string Sequence(IEnumerable sequence, int depth)
    {
        var (items, hasMore) = ValueShape.FirstItems(sequence);
        if (items.Count == 0)
            return "[ ]";
        var texts = WhileThereIsRoom(items, item => Of(item, depth + 1), left => ValueShape.MoreNote(sequence, items.Count - left));
        if (hasMore && texts.Count == items.Count)
            texts.Add(ValueShape.MoreNote(sequence, items.Count));
        return $"[ {string.Join(", ", texts)} ]";
    }

    private static string Dictionary(IEnumerable dictionary, IEnumerable<(object? Key, object? Value)> entries, int depth)
    {
        int limit = ValueShape.MaxItems(dictionary);
        var first = entries.Take(limit + 1).ToList();
        if (first.Count == 0)
            return "{ }";
        bool hasMore = first.Count > limit;
        first = hasMore ? first[..limit] : first;
        var texts = WhileThereIsRoom(
            first, e => $"{Of(e.Key, depth + 1)}: {Of(e.Value, depth + 1)}", left => ValueShape.MoreNote(dictionary, first.Count - left));
        if (hasMore && texts.Count == first.Count)
            texts.Add(ValueShape.MoreNote(dictionary, first.Count));
        return $"{{ {string.Join(", ", texts)} }}";
    }

    private static string Object(object value, int depth)
    {
        var text = new StringBuilder(TypeName.Of(value.GetType()));
        var parts = ValueShape.Parts(value);
        if (parts.Count > 0)
        {
            var texts = WhileThereIsRoom(parts, p => $"{p.Name} = {Of(p.Value, depth + 1)}", left => ValueShape.MoreNote(left));
            text.Append(" { ").AppendJoin(", ", texts).Append(" }");
        }

        return text.ToString();
    }

    /// <summary>The parts that there is room for, the first always, and a note about those left out.</summary>
    private static List<string> WhileThereIsRoom<T>(IReadOnlyList<T> parts, Func<T, string> show, Func<int, string> note)
    {
        var texts = new List<string>();
        foreach (var part in parts)
        {
            if (texts.Count > 0 && Room.Current.IsSpent)
                return [.. texts, note(parts.Count - texts.Count)];
            texts.Add(show(part));
        }

        return texts;
    }
}
