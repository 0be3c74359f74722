using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.DotNet.Interactive.Commands;
using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive.Directives;

/// <summary>A magic command of a notebook's own.</summary>
/// <param name="name">The name, which begins with <c>#!</c>.</param>
public abstract class KernelDirective(string name)
{
    /// <summary>The name, which begins with <c>#!</c>.</summary>
    public string Name { get; } = name.StartsWith("#!", StringComparison.Ordinal) ? name
        : throw new NotebookException($"\"{name}\" cannot be the name of a magic command; it begins with #!.");

    /// <summary>A line about it for <c>#!lsmagic</c>.</summary>
    public string Description { get; set; } = "";

    /// <summary>What can stand behind it.</summary>
    public ICollection<KernelDirectiveParameter> Parameters { get; set; } = [];

    internal Func<IReadOnlyDictionary<string, string>, KernelInvocationContext, Task>? Run { get; set; }
}

/// <summary>A magic command that does something; see <see cref="Kernel.AddDirective{TCommand}"/>.</summary>
public sealed class KernelActionDirective(string name) : KernelDirective(name)
{
    /// <summary>The command that its parameters become; need not be given.</summary>
    public Type? KernelCommandType { get; set; }

    internal TCommand Command<TCommand>(IReadOnlyDictionary<string, string> arguments) where TCommand : KernelCommand, new()
    {
        var command = new TCommand();
        foreach (var (parameter, text) in arguments)
        {
            string bare = parameter.Replace("-", "");
            var property = typeof(TCommand).GetProperties(BindingFlags.Instance | BindingFlags.Public)
                .FirstOrDefault(known => known.CanWrite && known.Name.Equals(bare, StringComparison.OrdinalIgnoreCase))
                ?? throw new NotebookException($"{typeof(TCommand).Name} has no property for --{parameter} of {Name}.");
            property.SetValue(command, Converted(parameter, text, property.PropertyType));
        }

        return command;
    }

    private object? Converted(string parameter, string text, Type type)
    {
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        try
        {
            return wanted == typeof(string) ? text
                : wanted == typeof(bool) && text.Length == 0 ? true
                : wanted.IsEnum ? Enum.Parse(wanted, text, ignoreCase: true)
                : typeof(IConvertible).IsAssignableFrom(wanted) ? Convert.ChangeType(text, wanted, CultureInfo.InvariantCulture)
                : JsonSerializer.Deserialize(text, wanted);
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException or InvalidCastException or ArgumentException or JsonException or NotSupportedException)
        {
            throw new NotebookException($"--{parameter} of {Name} is to be {(wanted == typeof(int) ? "a whole number" : $"of type {TypeName.Of(type)}")}, not \"{text}\".", wrong);
        }
    }
}

/// <summary>A parameter of a magic command.</summary>
/// <param name="name">The name, such as <c>--size</c>.</param>
/// <param name="description">A line about it.</param>
public sealed class KernelDirectiveParameter(string name, string? description = null)
{
    public string Name { get; } = name;

    public string? Description { get; set; } = description;

    /// <summary>Whether the command needs it.</summary>
    public bool Required { get; set; }

    /// <summary>Whether a word without a name is its value.</summary>
    public bool AllowImplicitName { get; set; }

    /// <summary>Whether it has no value.</summary>
    public bool Flag { get; set; }
}

/// <summary>A line of a cell with a magic command of the notebook's own.</summary>
public sealed class DirectiveCommand : KernelCommand
{
    internal DirectiveCommand(string name, IReadOnlyDictionary<string, string> arguments) => (DirectiveName, Arguments) = (name, arguments);

    /// <summary>The name, which begins with <c>#!</c>.</summary>
    public string DirectiveName { get; }

    /// <summary>What stands behind it, by the parameters' names without dashes.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; }
}
