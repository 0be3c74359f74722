using Microsoft.DotNet.Interactive;

namespace StyleLab.Notebooks;

/// <summary>The variables of all languages, as the kernels of .NET Interactive's names have them.</summary>
internal sealed class KernelValues(SessionState session, CellRun cell) : IKernelValues
{
    // Text that is shown has kernels there, too.
    public IEnumerable<string> Kernels =>
        Language.All.Where(language => language.MimeType != null || language == Language.CSharp || language == Language.Value)
            .Concat(session.Languages.All.Select(known => known.Language)).Select(language => language.Name);

    public string? KernelOf(string name) => session.Languages.Find(name) is { } language && Kernels.Contains(language.Name) ? language.Name : null;

    public object? Value(string kernel, string name) =>
        Named(kernel) is { } other ? other.Value(name)
        : kernel == Language.Value.Name ? session.Values.GetValueOrDefault(name)?.Value ?? throw Missing(kernel, name)
        : (Variables(kernel).FirstOrDefault(variable => variable.Name == name) ?? throw Missing(kernel, name)).Value;

    public IEnumerable<(string Name, Type Type)> All(string kernel) =>
        Named(kernel) is { } other ? other.Names.Select(name => (name, other.Value(name)?.GetType() ?? typeof(object)))
        : kernel == Language.Value.Name ? session.Values.Keys.Select(name => (name, typeof(string)))
        : Variables(kernel).Select(variable => (variable.Name, variable.Type));

    public Task SetAsync(string kernel, string name, object? value)
    {
        if (Named(kernel) is { } other)
            other.Take(cell, name, value);
        else if (kernel == Language.Value.Name)
            session.Values[name] = new KeptText(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "");
        else
            return CellContext.Required.RunInside!($"var {name} = {CSharpExpression.Of(value, session.Script)};", null);
        return Task.CompletedTask;
    }

    private IEnumerable<ScriptVariable> Variables(string kernel) =>
        session.Languages.Find(kernel) == Language.CSharp ? session.Script.Variables() : [];

    private ICellLanguage? Named(string kernel) => session.Languages.Find(kernel) is { } language ? session.Languages.RunnerOf(language) : null;

    private static NotebookException Missing(string kernel, string name) => new($"The kernel {kernel} has no value {name}.");
}
