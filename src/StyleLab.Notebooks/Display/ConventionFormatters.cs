using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive.Formatting;

namespace StyleLab.Notebooks;

/// <summary>
/// Formatters that a type brings along, found by name so that no library needs a reference to this one: the type
/// carries any attribute called <c>TypeFormatterSourceAttribute</c> with <c>Type FormatterSourceType</c> (and
/// optionally <c>string[] PreferredMimeTypes</c>); that source has an empty constructor and <c>CreateTypeFormatters()</c>, and
/// each formatter has <c>string MimeType</c> and <c>bool Format(object, TextWriter)</c>. .NET Interactive set this
/// convention, and writes all preferred types of every value; <c>string[] OptionalMimeTypes</c> are those that only some values have: they
/// are shown beside the preferred ones, a JPEG in place of a PNG.
/// </summary>
internal static class ConventionFormatters
{
    private const string AttributeName = "TypeFormatterSourceAttribute";

    // Weak, so that types declared in cells can go with their session.
    private static readonly ConditionalWeakTable<Type, TypeFormatters> Known = [];

    /// <summary>Whether the value's type brings formatters.</summary>
    public static bool Has(object value) => Known.GetValue(value.GetType(), Find).Formatters.Length > 0;

    /// <summary>Formats a value by its type's own formatters; null if it has none, or none of them handles the
    /// value.</summary>
    public static MimeBundle? Format(object value)
    {
        var (formatters, preferred, optional) = Known.GetValue(value.GetType(), Find);
        var found = optional.ToDictionary(mimeType => mimeType, mimeType => Format(value, mimeType));
        var content = new MimeBundle();
        foreach (string mimeType in preferred.Concat(optional).Concat(formatters.Select(f => f.MimeType)).Distinct())
        {
            bool isWanted = preferred.Length == 0 || preferred.Contains(mimeType) || mimeType == MimeTypes.PlainText;
            if (mimeType == MimeTypes.Png && found.GetValueOrDefault(MimeTypes.Jpeg) != null)
                continue;
            string? text = found.TryGetValue(mimeType, out string? known) ? known : isWanted ? Format(value, mimeType) : null;
            if (text != null)
                content.Add(mimeType, text);
        }

        return content.Count > 0 ? content : null;
    }

    /// <summary>A value in one type, also in one that its type does not prefer where it stands alone; null if it has no such
    /// formatter.</summary>
    public static string? Format(object value, string mimeType)
    {
        foreach (var formatter in Known.GetValue(value.GetType(), Find).Formatters.Where(f => f.MimeType == mimeType))
        {
            var writer = new StringWriter(CultureInfo.InvariantCulture);
            if (formatter.Format(value, writer))
                return writer.ToString();
        }

        return null;
    }

    private static TypeFormatters Find(Type type)
    {
        object? attribute = type.GetCustomAttributes(inherit: true)
            .FirstOrDefault(candidate => candidate.GetType().Name == AttributeName);
        if (attribute == null || KnownValues.StandBeforeTheirOwn(type) || Property<Type>(attribute, "FormatterSourceType") is not { } sourceType)
            return new TypeFormatters([], [], []);

        object source = Activator.CreateInstance(sourceType, nonPublic: true)!;
        var created = (IEnumerable)sourceType.GetMethod("CreateTypeFormatters", Type.EmptyTypes)!.Invoke(source, null)!;
        var formatters = created.Cast<object>().Select(Bind).ToArray();
        return new TypeFormatters(formatters, Property<string[]>(attribute, "PreferredMimeTypes") ?? [], Property<string[]>(attribute, "OptionalMimeTypes") ?? []);
    }

    private static TypeFormatter Bind(object formatter)
    {
        if (formatter is ITypeFormatter known)
            return new TypeFormatter(known.MimeType, (value, writer) => known.Format(value, new FormatContext(writer)));
        string mimeType = Property<string>(formatter, "MimeType")!;
        if (formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)]) is { } format)
            return new TypeFormatter(mimeType, format.CreateDelegate<Func<object, TextWriter, bool>>(formatter));

        // Compiled against .NET Interactive itself, which wraps the writer.
        var wrapping = formatter.GetType().GetMethods().First(method => method.Name == "Format" && method.GetParameters().Length == 2);
        var context = wrapping.GetParameters()[1].ParameterType;
        return new TypeFormatter(
            mimeType, (value, writer) => (bool)wrapping.Invoke(formatter, [value, Activator.CreateInstance(context, writer)])!);
    }

    private static T? Property<T>(object owner, string name)
        where T : class =>
        owner.GetType().GetProperty(name, BindingFlags.Instance | BindingFlags.Public)?.GetValue(owner) as T;

    private sealed record TypeFormatters(TypeFormatter[] Formatters, string[] Preferred, string[] Optional);

    private sealed record TypeFormatter(string MimeType, Func<object, TextWriter, bool> Format);
}
