using System.Collections.Concurrent;
using System.Globalization;
using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <param name="Type">Values of this type, and of types derived from it.</param>
/// <param name="MimeType">What is written.</param>
/// <param name="Format">Writes a value.</param>
/// <param name="IsOfExtension">Whether a package's extension registered it.</param>
internal sealed record RegisteredFormatter(Type Type, string MimeType, FormatDelegate<object> Format, bool IsOfExtension);

/// <summary>What notebooks, and extensions of packages, registered with <see cref="Formatter"/>.</summary>
internal static class RegisteredFormatters
{
    // Replaced as a whole, so that a cell that is stopped in the middle never leaves a lock behind.
    private static volatile RegisteredFormatter[] s_formatters = [];
    private static readonly ConcurrentDictionary<Type, string[]> PreferredTypes = new();
    private static readonly ConcurrentDictionary<Type, int> ListLimits = new();

    public static void Add(RegisteredFormatter formatter) => s_formatters = [formatter, .. s_formatters];

    public static void SetPreferred(Type type, string[] mimeTypes) => PreferredTypes[type] = mimeTypes;

    public static void SetListLimit(Type type, int limit) => ListLimits[type] = limit;

    public static int ListLimit(Type type) =>
        ListLimits.TryGetValue(type, out int limit) ? limit : Formatter.ListExpansionLimit;

    public static void Clear()
    {
        s_formatters = [];
        PreferredTypes.Clear();
        ListLimits.Clear();
    }

    /// <summary>The notebook's formatters for values of a type: those of the most specific type first, then the latest.</summary>
    public static IReadOnlyList<RegisteredFormatter> For(Type type) => For(type, ofExtensions: false);

    /// <summary>The same, of those that extensions registered.</summary>
    public static IReadOnlyList<RegisteredFormatter> OfExtensionsFor(Type type) => For(type, ofExtensions: true);

    /// <summary>The value in each of these types; null if no formatter handles it.</summary>
    public static MimeBundle? Format(object value, IReadOnlyList<RegisteredFormatter> formatters)
    {
        var content = new MimeBundle();
        foreach (var formatter in formatters)
        {
            if (content.Contains(formatter.MimeType))
                continue;
            var writer = new StringWriter(CultureInfo.InvariantCulture);
            if (formatter.Format(value, new FormatContext(writer)))
                content.Add(formatter.MimeType, writer.ToString());
        }

        return content.Count > 0 ? content : null;
    }

    public static string[]? Preferred(Type type) =>
        PreferredTypes.IsEmpty
            ? null
            : PreferredTypes.Where(p => Fits(p.Key, type)).OrderBy(p => Distance(p.Key, type)).FirstOrDefault().Value;

    /// <summary>Whether what was registered for a type, or for all made from a generic one, is for values of another.</summary>
    public static bool Fits(Type registered, Type type) =>
        registered.IsAssignableFrom(type)
        || (registered.IsGenericTypeDefinition && SelfAndBases(type).Concat(type.GetInterfaces()).Any(t => IsMadeFrom(t, registered)));

    private static IReadOnlyList<RegisteredFormatter> For(Type type, bool ofExtensions)
    {
        var all = s_formatters;
        return all.Length == 0 ? []
            : [.. all.Where(f => f.IsOfExtension == ofExtensions && Fits(f.Type, type)).OrderBy(f => Distance(f.Type, type))];
    }

    // The type itself, then its bases from the nearest on, then interfaces, then object.
    private static int Distance(Type registered, Type type)
    {
        if (registered == typeof(object))
            return int.MaxValue;
        int steps = SelfAndBases(type).TakeWhile(t => t != registered && !IsMadeFrom(t, registered)).Count();
        return registered.IsInterface ? 1000 : steps;
    }

    private static bool IsMadeFrom(Type type, Type definition) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    private static IEnumerable<Type> SelfAndBases(Type type)
    {
        for (Type? current = type; current != null; current = current.BaseType)
            yield return current;
    }
}
