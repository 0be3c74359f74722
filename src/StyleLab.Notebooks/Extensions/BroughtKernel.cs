using System.Reflection;
using System.Runtime.Loader;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;

namespace StyleLab.Notebooks;

/// <summary>
/// The .NET Interactive that a package of the user's brought with it, for the extensions that were compiled against it. Everything is
/// called by reflection, so that nothing of it belongs to us: extensions get one of its kernels, what they show appears
/// below the cell, code that they send is run as a part of it, and their formatters are asked.
/// </summary>
internal sealed class BroughtKernel
{
    private const string Namespace = "Microsoft.DotNet.Interactive.";

    private static readonly Lock Making = new();
    private static volatile BroughtKernel[] s_known = [];

    private readonly Assembly _assembly;
    private readonly object _kernel;
    private readonly object _context;
    private readonly object? _current;
    private readonly Dictionary<string, DisplayedValue> _displays = [];

    private BroughtKernel(Assembly assembly)
    {
        _assembly = assembly;
        var context = assembly.GetType(Namespace + "KernelInvocationContext", throwOnError: true)!;
        var submit = assembly.GetType(Namespace + "Commands.SubmitCode", throwOnError: true)!;
        _kernel = Create(assembly.GetType(Namespace + "CompositeKernel", throwOnError: true)!);
        var enter = context.GetMethod("GetOrCreateAmbientContext", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)!;
        _context = enter.Invoke(null, Arguments(enter, Create(submit, "")))!;
        _current = context.GetField("_current", BindingFlags.NonPublic | BindingFlags.Static)?.GetValue(null);

        // It takes the console for itself.
        CellConsole.Restore();
        context.GetProperty("HandlingKernel")!.SetValue(_context, _kernel);
        var events = context.GetProperty("KernelEvents")!.GetValue(_context)!;
        ObservableValue.Subscribe(events, new Listener(this));
        var handler = typeof(BroughtKernel).GetMethod(nameof(Handler), BindingFlags.NonPublic | BindingFlags.Instance)!
            .MakeGenericMethod(submit, context).Invoke(this, null);
        _kernel.GetType().GetMethod("RegisterCommandHandler")!.MakeGenericMethod(submit).Invoke(_kernel, [handler]);
        ExtensionFormatters.Add(AssemblyLoadContext.GetLoadContext(assembly)!
            .LoadFromAssemblyName(new AssemblyName(Namespace + "Formatting")).GetType(typeof(Formatter).FullName!, throwOnError: true)!);
    }

    /// <param name="assembly">The <c>Microsoft.DotNet.Interactive</c> that an extension refers to.</param>
    public static BroughtKernel Of(Assembly assembly)
    {
        lock (Making)
        {
            if (Array.Find(s_known, known => known._assembly == assembly) is { } made)
                return made;
            made = new BroughtKernel(assembly);
            s_known = [.. s_known, made];
            return made;
        }
    }

    /// <summary>From here on, code of libraries finds a running cell where they look for it, and what they show appears below it.</summary>
    public static void EnterAll()
    {
        foreach (var known in s_known)
            known.Enter();
    }

    /// <summary>Calls an extension.</summary>
    /// <param name="extension">Its interface.</param>
    /// <param name="instance">The extension.</param>
    public async Task LoadAsync(Type extension, object instance)
    {
        Enter();
        await ((Task)extension.GetMethod(nameof(IKernelExtension.OnLoadAsync))!.Invoke(instance, [_kernel])!).ConfigureAwait(false);
    }

    // It flows into all that is called from here.
    private void Enter() => _current?.GetType().GetProperty("Value")!.SetValue(_current, _context);

    private Func<TCommand, TContext, Task> Handler<TCommand, TContext>() => (command, _) =>
    {
        string code = (string)Property(command!, "Code")!;
        string? language = (string?)Property(command!, "TargetKernelName");
        language = language == (string?)Property(_kernel, "Name") ? null : language;
        return CellContext.Required.RunInside!(code, language);
    };

    private void Hear(object said)
    {
        switch (said.GetType().Name)
        {
            case "DisplayedValueProduced" or "ReturnValueProduced":
                var shown = DisplayedValue.Show(ContentOf(said), [], CellContext.Required);
                if (Property(said, "ValueId") is string name)
                    _displays[name] = shown;
                break;
            case "DisplayedValueUpdated" when Property(said, "ValueId") is string id && _displays.TryGetValue(id, out var display):
                display.Update(ContentOf(said));
                break;
            case "ErrorProduced":
                CellContext.Required.Outputs.PublishFromCell(new StreamOutput("stderr", $"{Property(said, "Message")}\n"));
                break;
        }
    }

    private static MimeBundle ContentOf(object said)
    {
        var content = new MimeBundle();
        foreach (object part in (System.Collections.IEnumerable)Property(said, "FormattedValues")!)
            content.Add((string)Property(part, "MimeType")!, (string)Property(part, "Value")!);
        return content.Count > 0 ? content : Formatter.Format(Property(said, "Value"));
    }

    private static object? Property(object owner, string name) => owner.GetType().GetProperty(name)!.GetValue(owner);

    /// <summary>Calls the constructor that takes these arguments first and needs no others.</summary>
    private static object Create(Type type, params object?[] first)
    {
        var constructor = type.GetConstructors()
            .Where(candidate => candidate.GetParameters() is var all && all.Length >= first.Length
                && all.Take(first.Length).Select(p => p.ParameterType).SequenceEqual(first.Select(f => f!.GetType()))
                && all.Skip(first.Length).All(p => p.IsOptional))
            .MinBy(candidate => candidate.GetParameters().Length)
            ?? throw new MissingMethodException(type.FullName, ".ctor");
        return constructor.Invoke(Arguments(constructor, first));
    }

    private static object?[] Arguments(MethodBase method, params object?[] first) =>
        [.. first, .. method.GetParameters().Skip(first.Length).Select(parameter => parameter.DefaultValue)];

    private sealed class Listener(BroughtKernel kernel) : IObserver<object?>
    {
        public void OnNext(object? value) => kernel.Hear(value!);

        public void OnError(Exception error)
        {
        }

        public void OnCompleted()
        {
        }
    }
}
