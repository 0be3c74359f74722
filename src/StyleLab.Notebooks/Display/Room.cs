using System.Globalization;
using System.Text;
using Microsoft.DotNet.Interactive.Formatting;

namespace StyleLab.Notebooks;

/// <summary>
/// How much of one value may still be shown: a notebook is kept, sent and read as a whole, so no single value fills it. A
/// notebook that asks for longer lists gets as much more of everything.
/// </summary>
internal sealed class Room
{
    /// <summary>Values inside values: objects that refer to each other in circles must end.</summary>
    private const int MostValues = 1000;

    private const int MostHtml = 60_000, MostText = 10_000, MostOfOneText = 2_000;

    /// <summary>What values inside others bring as pictures or HTML of their own, in characters.</summary>
    private const int MostEmbedded = 400_000;

    [ThreadStatic]
    private static Room? t_current;

    private readonly HashSet<object> _around = new(ReferenceEqualityComparer.Instance);
    private int _values, _characters, _embedded;

    private Room(int characters)
    {
        double factor = Math.Max(1, (double)Formatter.ListExpansionLimit / ValueShape.DefaultMaxItems);
        _values = Scaled(MostValues, factor);
        _characters = Scaled(characters, factor);
        _embedded = Scaled(MostEmbedded, factor);
    }

    /// <summary>The room of the value that is being shown on this thread.</summary>
    public static Room Current => t_current ??= new Room(MostText);

    /// <summary>Whether what follows is to be left out.</summary>
    public bool IsSpent => _values <= 0 || _characters <= 0;

    /// <summary>Whether what follows is not to be shown as the picture or HTML that it is.</summary>
    public bool IsFullOfPictures => _embedded <= 0;

    /// <summary>Shows a value as HTML, in a room of its own.</summary>
    public static string? ForHtml(Func<string?> show) => In(new Room(MostHtml), show);

    /// <summary>Shows a value as text, in a room of its own.</summary>
    public static string ForText(Func<string> show) => In(new Room(MostText), show);

    /// <summary>Shows a value with parts; null if they are not to be shown, for lack of room or because this place is inside the
    /// same value.</summary>
    public string? Parts(object value, Func<string?> show)
    {
        if (--_values <= 0 || _characters <= 0 || !_around.Add(value))
            return null;
        try
        {
            return show();
        }
        finally
        {
            _around.Remove(value);
        }
    }

    /// <summary>Counts what a value inside another brings as picture or HTML.</summary>
    public string Embedded(string html)
    {
        _embedded -= html.Length;
        return html;
    }

    /// <summary>Counts a text, and cuts off what is too much of it.</summary>
    public string Text(string text)
    {
        string shown = Shortened(text, MostOfOneText);
        _characters -= shown.Length;
        return shown;
    }

    /// <summary>The beginning of a long text and how much was left out.</summary>
    public static string Shortened(string text, int most) => text.Length <= most
        ? text
        : new StringBuilder(text, 0, Whole(text, most), most + 40)
            .Append(CultureInfo.InvariantCulture, $"… ({text.Length - Whole(text, most):N0} more characters)").ToString();

    // A pair of surrogates is one character.
    private static int Whole(string text, int length) => char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;

    private static int Scaled(int most, double factor) => (int)Math.Min(most * factor, int.MaxValue / 2);

    private static T In<T>(Room room, Func<T> show)
    {
        // The formatters of the user's inside show values too.
        var outer = t_current;
        t_current = room;
        try
        {
            return show();
        }
        finally
        {
            t_current = outer;
        }
    }
}
