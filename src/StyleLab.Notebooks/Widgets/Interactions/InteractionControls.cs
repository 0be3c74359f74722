using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace StyleLab.Notebooks.Widgets;

/// <summary>Finds the control that a parameter of a function calls for.</summary>
internal static class InteractionControls
{
    /// <param name="parameter">The parameter.</param>
    /// <param name="wish">What the caller gave for it: a widget, a range, choices or a value; null if nothing.</param>
    /// <exception cref="ArgumentException">No control goes with it.</exception>
    public static Widget For(ParameterInfo parameter, object? wish)
    {
        if (wish is Widget widget)
        {
            return widget is IValueControl ? widget
                : throw new ArgumentException($"The parameter {parameter.Name} needs a control with a value, and a {widget.Name} has none.");
        }

        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        object? begins = parameter.HasDefaultValue ? parameter.DefaultValue : null;
        if (Attribute(parameter, "AllowedValuesAttribute", "Values") is { } allowed)
            wish ??= allowed;
        if (wish is ITuple range)
            return Slider(parameter, type, begins, range);
        if (wish is IEnumerable and not string)
            return Choices(parameter, type, begins, ((IEnumerable)wish).Cast<object>());
        if (wish is not null)
            begins = wish;
        string name = parameter.Name ?? "";
        if (type.IsEnum)
            return Choices(parameter, type, begins, Enum.GetValues(type).Cast<object>());
        if (type == typeof(bool))
            return new Checkbox(begins is true, name);
        if (type == typeof(string))
            return new Text(begins as string ?? "", name, "");
        if (IsNumber(type))
            return Slider(parameter, type, begins, null);
        throw new ArgumentException(
            $"Interact has no control for {TypeName.Of(type)} {name}: it knows numbers, bool, string and enums; for other types give the choices, as in Interact(f, new[] {{ a, b }}).");
    }

    /// <summary>The value of a control as the parameter takes it.</summary>
    public static object? Argument(ParameterInfo parameter, object? value)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return value is IConvertible && IsNumber(type) && !type.IsInstanceOfType(value) ? Convert.ChangeType(value, type, CultureInfo.InvariantCulture) : value;
    }

    private static bool IsNumber(Type type) => IsWhole(type) || type == typeof(double) || type == typeof(float) || type == typeof(decimal);

    private static bool IsWhole(Type type) => type == typeof(int) || type == typeof(long) || type == typeof(short) || type == typeof(byte) || type == typeof(uint);

    private static Widget Choices(ParameterInfo parameter, Type type, object? begins, IEnumerable<object> values)
    {
        object[] options = [.. values.Select(value => Argument(parameter, value)!)];
        if (options.FirstOrDefault(option => !type.IsInstanceOfType(option)) is { } stranger)
            throw new ArgumentException($"The choices of {parameter.Name} are of type {TypeName.Of(type)}, got {PlainText.Of(stranger)}.");
        return new Dropdown<object>(options, Math.Max(0, Array.IndexOf(options, begins)), parameter.Name ?? "", option => option.ToString() ?? "");
    }

    private static Widget Slider(ParameterInfo parameter, Type type, object? begins, ITuple? range)
    {
        if (!IsNumber(type))
            throw new ArgumentException($"A range goes with a number, and {parameter.Name} is of type {TypeName.Of(type)}.");
        double? value = begins is null ? null : Convert.ToDouble(begins, CultureInfo.InvariantCulture);
        var (least, most) = Bounds(type);
        var (min, max, step) = range is not null ? Read(parameter, range) : ByAttribute(parameter) ?? Around(value, IsWhole(type), least, most);
        double start = value ?? Middle(min, max, step ?? (IsWhole(type) ? 1 : 0));
        string name = parameter.Name ?? "";
        if (new[] { min, max, start }.Any(number => number < least || number > most))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The slider of {name} goes from {least} to {most} at most; make the parameter a double."));
        return IsWhole(type)
            ? new IntSlider((int)start, (int)min, (int)max, (int)(step ?? 1), name)
            : new FloatSlider(start, min, max, step, name);
    }

    private static double Middle(double min, double max, double step) =>
        step > 0 ? min + (step * Math.Floor((max - min) / 2 / step)) : min + ((max - min) / 2);

    private static (double Min, double Max, double? Step) Read(ParameterInfo parameter, ITuple range)
    {
        const int withStep = 3;
        if (range.Length is not (2 or withStep) || Enumerable.Range(0, range.Length).Any(i => range[i] is not IConvertible or string or bool))
            throw new ArgumentException($"The range of {parameter.Name} is (min, max) or (min, max, step), got {PlainText.Of(range)}.");
        return (Item(0), Item(1), range.Length == withStep ? Item(2) : null);

        double Item(int index) => Convert.ToDouble(range[index], CultureInfo.InvariantCulture);
    }

    private static (double, double, double?)? ByAttribute(ParameterInfo parameter) =>
        Attribute(parameter, "RangeAttribute", "Minimum") is IConvertible min && Attribute(parameter, "RangeAttribute", "Maximum") is IConvertible max
            ? (Convert.ToDouble(min, CultureInfo.InvariantCulture), Convert.ToDouble(max, CultureInfo.InvariantCulture), null) : null;

    // From nothing to three times the value that it begins with.
    private static (double, double, double?) Around(double? value, bool isWhole, double least, double most) => value switch
    {
        null or 0 => isWhole ? (0, 10, 1) : (0, 1, null),
        < 0 => (Math.Max(3 * value.Value, least), 0, null),
        _ => (0, Math.Min(3 * value.Value, most), null),
    };

    // What both the parameter and a slider, whose whole numbers are those of int, can hold.
    private static (double Least, double Most) Bounds(Type type) =>
        type == typeof(byte) ? (byte.MinValue, byte.MaxValue)
        : type == typeof(short) ? (short.MinValue, short.MaxValue)
        : type == typeof(uint) ? (0, int.MaxValue)
        : IsWhole(type) ? (int.MinValue, int.MaxValue)
        : (double.NegativeInfinity, double.PositiveInfinity);

    // By name, as [Range(0, 1)] of System.ComponentModel.DataAnnotations.
    private static object? Attribute(ParameterInfo parameter, string name, string property) =>
        parameter.GetCustomAttributes(inherit: false).FirstOrDefault(attribute => attribute.GetType().Name == name) is { } found
            ? found.GetType().GetProperty(property)?.GetValue(found) : null;
}
