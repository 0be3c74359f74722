using System.Collections.Concurrent;

namespace Microsoft.DotNet.Interactive.Formatting;

internal sealed record RegisteredFormatter(Type Type, string MimeType, FormatDelegate<object> Format);

/// <summary>What notebooks registered with <see cref="Formatter"/>.</summary>
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

    /// <summary>The formatters for values of a type: those of the most specific type first, then the latest.</summary>
    public static IReadOnlyList<RegisteredFormatter> For(Type type)
    {
        var all = s_formatters;
        return all.Length == 0 ? [] : [.. all.Where(f => Fits(f.Type, type)).OrderBy(f => Distance(f.Type, type))];
    }

    public static string[]? Preferred(Type type) =>
        PreferredTypes.IsEmpty
            ? null
            : PreferredTypes.Where(p => Fits(p.Key, type)).OrderBy(p => Distance(p.Key, type)).FirstOrDefault().Value;

    private static bool Fits(Type registered, Type type) =>
        registered.IsAssignableFrom(type)
        || (registered.IsGenericTypeDefinition && SelfAndBases(type).Concat(type.GetInterfaces()).Any(t => IsMadeFrom(t, registered)));

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
