using System.Collections.Concurrent;
using System.ComponentModel;

namespace StyleLab.Notebooks;

/// <summary>A value of another language on its way into a C# variable. Not for code that is written by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class HandedValue
{
    private static readonly ConcurrentDictionary<int, object?> Waiting = new();

    private static int s_last;

    /// <summary>The value, once.</summary>
    public static T Take<T>(int number) => Waiting.TryRemove(number, out object? value) ? (T)value! : throw new KeyNotFoundException();

    /// <summary>Keeps a value until it is taken.</summary>
    /// <returns>Its number.</returns>
    internal static int Keep(object? value)
    {
        int number = Interlocked.Increment(ref s_last);
        Waiting[number] = value;
        return number;
    }
}
