using System.Collections;
using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>The class <c>Formatter</c> of the .NET Interactive that a package brought, asked for what extensions have registered with
/// it.</summary>
internal sealed class BroughtFormatter(Type formatter)
{
    private readonly Func<object, string, string> _toDisplayString =
        formatter.GetMethod("ToDisplayString", [typeof(object), typeof(string)])!.CreateDelegate<Func<object, string, string>>();

    private readonly Func<Type, IReadOnlyCollection<string>> _preferred =
        formatter.GetMethod("GetPreferredMimeTypesFor", [typeof(Type)])!.CreateDelegate<Func<Type, IReadOnlyCollection<string>>>();

    private readonly Func<bool, IEnumerable> _registered =
        formatter.GetMethod("RegisteredFormatters", [typeof(bool)])!.CreateDelegate<Func<bool, IEnumerable>>();

    /// <summary>The value in every type that was registered for it, or in those that are preferred; null if there are none.</summary>
    public MimeBundle? Format(object value)
    {
        var mimeTypes = MimeTypesFor(value.GetType());
        if (mimeTypes.Count == 0)
            return null;
        var preferred = _preferred(value.GetType());
        if (mimeTypes.Any(preferred.Contains))
            mimeTypes = [.. mimeTypes.Where(mimeType => preferred.Contains(mimeType) || mimeType == MimeTypes.PlainText)];
        var content = new MimeBundle();
        foreach (string mimeType in mimeTypes)
            content.Add(mimeType, _toDisplayString(value, mimeType));
        return content;
    }

    /// <summary>The MIME types that were registered for values of a type. (Something for every object tells nothing of it.)</summary>
    public IReadOnlyList<string> MimeTypesFor(Type type) =>
    [
        .. _registered(false).Cast<object>()
            .Select(registered => (Type: Property<Type>(registered, "Type"), MimeType: Property<string>(registered, "MimeType")))
            .Where(registered => registered.Type != typeof(object) && RegisteredFormatters.Fits(registered.Type, type))
            .Select(registered => registered.MimeType).Distinct(),
    ];

    private static T Property<T>(object owner, string name) =>
        (T)owner.GetType().GetProperty(name)!.GetValue(owner)!;
}
