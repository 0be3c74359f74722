using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Formatting;

namespace StyleLab.Notebooks;

/// <summary>F# cells, which the package FSharp.Compiler.Service runs once a notebook references it.</summary>
internal sealed partial class FSharpLanguage : ICellLanguage, IDisposable
{
    private const string Mapping = "Microsoft.FSharp.Core.CompilationMappingAttribute";

    private FSharpSession? _session;
    private Script? _script;

    public Language Language => Language.FSharp;

    public IReadOnlyList<string> Options => [];

    public IEnumerable<string> Names => _session?.Values().Select(value => value.Name) ?? [];

    public void Run(ILanguageCell cell, string text, int line, IReadOnlyDictionary<string, string> options)
    {
        if (Quit().Match(text) is { Success: true } quit)
            throw new LanguageException(line + text[..quit.Index].Count(c => c == '\n'), "#quit would end the kernel and all its variables; leave it out.");
        var session = Started(cell);
        FSharpResult? result = null;
        cell.RunStoppably(() => result = session.Evaluate(new string('\n', line - 1) + text, cell.Cancellation));
        var errors = result!.Problems.Where(problem => problem.IsError).ToList();
        if (errors.Count > 0)
        {
            throw new LanguageException(errors[0].Line, errors[0].Text)
            {
                Traceback = [.. errors.Select(error => $"line {error.Line}, column {error.Column}: {error.Text}")],
            };
        }

        ShowWarnings(cell, result.Problems);
        if (result.Exception is { } thrown)
            throw new LanguageException(line, thrown.GetBaseException().Message, thrown.GetBaseException());
        if (result.Value is not { } value || value.Type.FullName == "Microsoft.FSharp.Core.Unit")
            return;
        // A sequence that never yields can be stopped here too.
        MimeBundle? shown = null;
        cell.RunStoppably(() => shown = Shown(session, value));
        cell.Show(shown!);
    }

    public object? Value(string name) => _session?.Values().LastOrDefault(value => value.Name == name) is { Value: { } found }
        ? found.Value
        : throw new NotebookException($"There is no F# value {name}.");

    public void Take(ILanguageCell cell, string name, object? value)
    {
        var session = Started(cell);
        if (value == null)
            throw new NotebookException($"{name} is null, and F# gets values that are there.");
        try
        {
            session.Declare(name, value);
        }
        catch (TargetInvocationException refused)
        {
            throw new NotebookException(
                $"{name} cannot be shared: F# does not see the type {TypeName.Of(value.GetType())}, which a cell declared; share its parts.", refused);
        }
    }

    public void Dispose()
    {
        if (_script != null)
            SharedAssemblies.Forget(_script);
    }

    private FSharpSession Started(ILanguageCell cell)
    {
        if (_session == null)
        {
            _script = cell.Script;
            cell.RunStoppably(() => _session = FSharpSession.Start(cell.Script));
        }

        cell.RunStoppably(() => _session!.ReferencePackages(cell.Cancellation));
        return _session!;
    }

    /// <summary>The value as cells show it; what only F# has, such as unions and lists of them, as F# writes it.</summary>
    private static MimeBundle Shown(FSharpSession session, FSharpValue value)
    {
        var content = Formatter.Format(value.Value);
        if (value.Value == null || ValueFormatting.IsCustom(value.Value) || !IsOfFSharp(value.Type))
            return content;
        var shown = new MimeBundle { { MimeTypes.PlainText, session.Format(value) } };
        if (content[MimeTypes.Html] is { } html && !HasUnion(value.Type))
            shown.Add(MimeTypes.Html, html);
        return shown;
    }

    private static bool IsOfFSharp(Type type) => KindOf(type) != null || Parts(type).Any(IsOfFSharp);

    // 1 stands for a union. Lists are unions too, but of items.
    private static bool HasUnion(Type type) =>
        ((KindOf(type) & 31) == 1 && !typeof(System.Collections.IEnumerable).IsAssignableFrom(type)) || Parts(type).Any(HasUnion);

    private static Type[] Parts(Type type) => type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments();

    /// <summary>The number by which F# marks what it has made; null where it has not.</summary>
    private static int? KindOf(Type type) => type.GetCustomAttributesData().FirstOrDefault(mark => mark.AttributeType.FullName == Mapping)
        is { ConstructorArguments: [{ Value: int kind }, ..] } ? kind : null;

    private static void ShowWarnings(ILanguageCell cell, IReadOnlyList<FSharpProblem> problems)
    {
        string[] lines = [.. problems.Select(problem => $"line {problem.Line}, column {problem.Column}: warning {problem.Text}")];
        if (lines.Length > 0)
            cell.Show(new MimeBundle { { MimeTypes.PlainText, string.Join('\n', lines) } });
    }

    [GeneratedRegex(@"^[ \t]*#q(?:uit)?\b", RegexOptions.Multiline)]
    private static partial Regex Quit();
}
