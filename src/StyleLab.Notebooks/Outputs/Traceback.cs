using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace StyleLab.Notebooks;

/// <summary>Turns an exception into what a notebook user wants to read: name, message, and the way from their own
/// line.</summary>
internal static partial class Traceback
{
    private static readonly string[] Plumbing =
    [
        "System.Runtime.CompilerServices", "System.Runtime.ExceptionServices", "System.Runtime.ControlledExecution",
        "Internal.Runtime", "System.ThrowHelper",
    ];

    public static ErrorOutput Describe(Exception exception)
    {
        var carriers = new List<Exception>();
        while (Carried(exception) is { } inner)
        {
            carriers.Insert(0, exception);
            exception = inner;
        }

        string name = TypeName.Of(exception.GetType());
        var frames = Frames(exception);

        // Where the cell waited for the task, or called by reflection, only what carried the exception knows.
        frames.AddRange(carriers.SelectMany(Frames).Except(frames));
        var lines = new List<string> { $"{name}: {exception.Message}" };
        lines.AddRange(RepeatedLines.Fold(frames));
        for (var inner = exception.InnerException; inner != null; inner = inner.InnerException)
        {
            lines.Add($"Caused by {TypeName.Of(inner.GetType())}: {inner.Message}");
            lines.AddRange(RepeatedLines.Fold(Frames(inner)));
        }

        return new ErrorOutput(name, exception.Message, lines);
    }

    /// <summary>Whether code of a cell threw it, or called what threw it.</summary>
    public static bool IsOfCell(Exception exception) =>
        new StackTrace(exception).GetFrames().Any(frame => frame.GetMethod() is { } method && IsInCell(method));

    /// <summary>The exception in one that only carries it and says nothing to the user.</summary>
    private static Exception? Carried(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => only,
        TargetInvocationException { InnerException: { } inner } => inner,
        _ => null,
    };

    private static List<string> Frames(Exception exception)
    {
        var frames = new StackTrace(exception, fNeedFileInfo: true).GetFrames()
            .Where(frame => frame.GetMethod() is { } method && !IsHidden(method))
            .ToList();

        // Below the user's outermost line is only what ran the cell.
        int last = frames.FindLastIndex(frame => IsInCell(frame.GetMethod()!));
        return [.. frames.Take(last < 0 ? frames.Count : last + 1).Select(frame => "   at " + Describe(frame))];
    }

    private static bool IsHidden(MethodBase method)
    {
        string type = method.DeclaringType?.FullName ?? "";
        return method.DeclaringType?.Assembly == typeof(Traceback).Assembly || method.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false)
            || Plumbing.Any(prefix => type.StartsWith(prefix, StringComparison.Ordinal));
    }

    private static bool IsInCell(MethodBase method) =>
        OutermostType(method) is { } type && (IsCell(type) || CellNames.IsUnit(type.Assembly.GetName().Name));

    /// <summary>The class that holds the code of a cell.</summary>
    private static bool IsCell(Type? type) => CellNames.IsClass(type?.Name);

    private static Type? OutermostType(MethodBase method)
    {
        var type = method.DeclaringType;
        while (type?.DeclaringType != null)
            type = type.DeclaringType;
        return type;
    }

    private static string Describe(StackFrame frame)
    {
        var method = frame.GetMethod()!;
        string name = MethodName(method);
        if (!IsInCell(method))
            return name;

        string place = frame.GetFileLineNumber() is var line and > 0
            ? $"{Path.GetFileName(frame.GetFileName())}, line {line}"
            : OutermostType(method) is { } type && IsCell(type) ? CellNames.TitleOf(type.Name) : "a cell";
        return name.Length > 0 ? $"{name} in {place}" : place;
    }

    /// <summary>"Type.Method(int count)"; empty for the top level of a cell.</summary>
    private static string MethodName(MethodBase method)
    {
        var type = method.DeclaringType;
        string name = method.Name;

        // The compiler moves async code to <Method>d__1.MoveNext and lambdas to <Method>b__0_1.
        if (type != null && name == "MoveNext" && CompilerMade().Match(type.Name) is { Success: true } machine)
            (name, type) = (machine.Groups["method"].Value, type.DeclaringType);
        else if (CompilerMade().Match(name) is { Success: true } made)
            name = made.Groups["local"] is { Success: true, Value: var local } ? local : "lambda";
        while (type != null && type.Name.StartsWith('<') && type.DeclaringType != null)
            type = type.DeclaringType;

        if (name is "<Initialize>" or "<Factory>" or ".ctor" && IsCell(type))
            return "";
        string owner = type == null || IsCell(type) ? "" : TypeName.Of(type) + ".";
        if (name == "lambda" || method.Name == "MoveNext")
            return owner + name;
        var parameters = method.GetParameters().Select(p => $"{TypeName.Of(p.ParameterType)} {p.Name}");
        return $"{owner}{name}({string.Join(", ", parameters)})";
    }

    [GeneratedRegex(@"^<(?<method>.*)>(g__(?<local>\w+)\||[bd]__)")]
    private static partial Regex CompilerMade();
}
