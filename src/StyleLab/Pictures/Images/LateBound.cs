using System.Reflection;

namespace StyleLab.Pictures.Images;

/// <summary>An object of a library that is not referenced here, used by the names of its members.</summary>
internal readonly struct LateBound(object target)
{
    public object Target => target;

    private string Name => target.GetType() is { IsGenericType: true } type ? type.Name[..type.Name.IndexOf('`')] : target.GetType().Name;

    /// <summary>Whether it is of a class of this full name, or of one derived from it.</summary>
    public static bool Is(object value, string fullName)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
            if (type.FullName == fullName)
                return true;
        return false;
    }

    /// <summary>A property's value.</summary>
    /// <exception cref="StyleLabException">There is no such property, or it throws.</exception>
    public object? Get(string property) => Invoke(property, BindingFlags.GetProperty, []);

    /// <summary>A property's value, as a number.</summary>
    /// <exception cref="StyleLabException">There is no such property, or it throws.</exception>
    public int Number(string property) => Convert.ToInt32(Get(property), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Gives a property a value.</summary>
    /// <exception cref="StyleLabException">There is no such property, or it throws.</exception>
    public void Set(string property, object value) => Invoke(property, BindingFlags.SetProperty, [value]);

    /// <summary>What a method returns; of several of a name that which takes such arguments.</summary>
    /// <exception cref="StyleLabException">There is no such method, or it throws.</exception>
    public object? Call(string method, params object?[] arguments) => Invoke(method, BindingFlags.InvokeMethod, arguments);

    /// <summary>A type of the same library.</summary>
    /// <exception cref="StyleLabException">There is none.</exception>
    public Type TypeOf(string fullName) => target.GetType().Assembly.GetType(fullName)
        ?? throw new StyleLabException($"The {Name} cannot be read: its library, {target.GetType().Assembly.GetName().Name}, has no {fullName}.");

    /// <summary>A value of an enumeration of the same library.</summary>
    /// <exception cref="StyleLabException">There is none.</exception>
    public object Enumerated(string fullName, string value) => Enum.Parse(TypeOf(fullName), value);

    /// <summary>The sentence for what a library threw.</summary>
    public StyleLabException Fault(Exception error) =>
        new($"The {Name} cannot be read: {(error is TargetInvocationException { InnerException: { } inner } ? inner : error).Message.ReplaceLineEndings(" ")}", error);

    private object? Invoke(string name, BindingFlags kind, object?[] arguments)
    {
        try
        {
            return target.GetType().InvokeMember(name, kind | BindingFlags.Public | BindingFlags.Instance, null, target, arguments, System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is TargetInvocationException or MissingMemberException or AmbiguousMatchException)
        {
            throw Fault(e);
        }
    }
}
