using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.DotNet.Interactive.Formatting;

namespace StyleLab.Notebooks;

/// <summary>What a value looks like to the built-in formatters.</summary>
internal static class ValueShape
{
    /// <summary>How many items of a sequence are shown, unless the notebook says otherwise.</summary>
    public const int DefaultMaxItems = 20;

    /// <summary>How deep values inside values are shown, unless the notebook says otherwise.</summary>
    public const int DefaultMaxDepth = 6;

    /// <summary>Shown as one piece of text: numbers, strings, dates, and what tells nothing by its
    /// properties.</summary>
    public static bool IsSimple(object? value) => value
        is null or string or Enum or DateTime or DateTimeOffset or TimeSpan or DateOnly or TimeOnly or Guid or Uri or Version
        or MemberInfo or Assembly or Delegate or Stream or TextReader or TextWriter or Exception or decimal or StringBuilder
        || value.GetType() is { IsPrimitive: true } or { IsPointer: true }
        || value is IFormattable and not IEnumerable;

    /// <summary>The first items of a sequence, and whether there are more.</summary>
    public static (List<object?> Items, bool HasMore) FirstItems(IEnumerable sequence)
    {
        int limit = MaxItems(sequence);
        var items = sequence.Cast<object?>().Take(limit + 1).ToList();
        bool hasMore = items.Count > limit;
        return (hasMore ? items[..limit] : items, hasMore);
    }

    public static int MaxItems(IEnumerable sequence) => RegisteredFormatters.ListLimit(sequence.GetType());

    /// <summary>"… (1,234 more)" when the sequence knows its length.</summary>
    /// <param name="sequence">What is cut off.</param>
    /// <param name="shown">How many of its items are shown.</param>
    public static string MoreNote(IEnumerable sequence, int shown) =>
        CountOf(sequence) is { } count ? MoreNote(count - shown) : "… (more)";

    public static string MoreNote(int left) => string.Create(CultureInfo.InvariantCulture, $"… ({left:N0} more)");

    /// <summary>The length of a sequence that knows it.</summary>
    public static int? CountOf(IEnumerable sequence)
    {
        if (sequence is ICollection { Count: var count })
            return count;
        var counted = Implemented(sequence, typeof(IReadOnlyCollection<>)) ?? Implemented(sequence, typeof(ICollection<>));
        return (int?)counted?.GetProperty("Count")!.GetValue(sequence);
    }

    /// <summary>The key and value of every entry, if the value is a dictionary of whatever types; the key and items of every group,
    /// if it is a group or several.</summary>
    public static IEnumerable<(object? Key, object? Value)>? Entries(object value)
    {
        if (value is IDictionary dictionary)
            return dictionary.Keys.Cast<object?>().Select(key => (key, dictionary[key!]));

        // Enumerated without its types, some dictionaries give only their values.
        if ((Implemented(value, typeof(IReadOnlyDictionary<,>)) ?? Implemented(value, typeof(IDictionary<,>))) is { } pairs)
        {
            var read = typeof(ValueShape).GetMethod(nameof(Pairs), BindingFlags.Static | BindingFlags.NonPublic)!;
            return (IEnumerable<(object?, object?)>)read.MakeGenericMethod(pairs.GetGenericArguments()).Invoke(null, [value])!;
        }

        if (Implemented(value, typeof(IGrouping<,>)) is { } group)
            return [Group(value, group)];
        return Interfaces(value, typeof(IEnumerable<>)).Any(sequence => IsA(sequence.GetGenericArguments()[0], typeof(IGrouping<,>)))
            ? ((IEnumerable)value).Cast<object>().Select(group => Group(group, Implemented(group, typeof(IGrouping<,>))!))
            : null;
    }

    /// <summary>What an asynchronous sequence gives; null if the value is none. It is not read to be shown: that could take for ever.</summary>
    public static Type? AsyncItem(object value) =>
        value is IEnumerable ? null : Implemented(value, typeof(IAsyncEnumerable<>))?.GetGenericArguments()[0];

    /// <summary>The public fields and properties of an object, in the order they are declared.</summary>
    public static IReadOnlyList<(string Name, object? Value)> Parts(object value) => value switch
    {
        // Asking an unfinished task for its result would wait for it.
        Task task => [("Status", task.Status)],
        ITuple tuple => [.. Enumerable.Range(0, tuple.Length).Select(i => ($"Item{i + 1}", tuple[i]))],
        _ => [.. Members(value.GetType()).Select(member => (member.Name, Read(member, value)))],
    };

    public static IEnumerable<MemberInfo> Members(Type type) =>
        type.GetMembers(BindingFlags.Instance | BindingFlags.Public)
            .Where(member => member is FieldInfo || member is PropertyInfo { CanRead: true } property &&
                property.GetIndexParameters().Length == 0 && !property.PropertyType.IsByRefLike);

    private static Type? Implemented(object value, Type definition) => Interfaces(value, definition).FirstOrDefault();

    private static IEnumerable<Type> Interfaces(object value, Type definition) =>
        value.GetType().GetInterfaces().Where(implemented => IsA(implemented, definition));

    private static bool IsA(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    private static IEnumerable<(object? Key, object? Value)> Pairs<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> pairs) =>
        pairs.Select(pair => ((object?)pair.Key, (object?)pair.Value));

    // Not the group itself, which would be shown as a group again.
    private static (object? Key, object? Value) Group(object group, Type type)
    {
        var items = ((IEnumerable)group).Cast<object?>();
        return (type.GetProperty("Key")!.GetValue(group), CountOf((IEnumerable)group) == null ? items.Select(item => item) : items.ToList());
    }

    private static object? Read(MemberInfo member, object owner)
    {
        try
        {
            return member is PropertyInfo property ? property.GetValue(owner) : ((FieldInfo)member).GetValue(owner);
        }
        catch (TargetInvocationException thrown)
        {
            return $"({TypeName.Of(thrown.InnerException!.GetType())}: {thrown.InnerException.Message})";
        }
    }
}
