using System.Collections.Concurrent;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive;

/// <summary>The kernels of a session, and what its cells have told them; reached through <see cref="CellContext.Items"/>.</summary>
internal sealed class SessionKernels : IDisposable
{
    private readonly ConcurrentDictionary<Type, Func<KernelCommand, KernelInvocationContext, Task>> _handlers = new();
    private readonly ConcurrentDictionary<string, KernelDirective> _directives = new();
    private readonly List<Kernel> _own = [];

    public KernelEventSource Events { get; } = new();

    /// <summary>What is shown under names of the notebook's own.</summary>
    public ConcurrentDictionary<string, DisplayedValue> Displays { get; } = new();

    /// <summary>The variables of a session's languages; set when the session begins.</summary>
    public IKernelValues? Values { get; set; }

    /// <summary>What is to be done before the next cell.</summary>
    public ConcurrentQueue<KernelCommand> Deferred { get; } = new();

    /// <summary>What is to be closed at the end, the latest first.</summary>
    public ConcurrentStack<IDisposable> Disposables { get; } = new();

    /// <summary>Magic commands of the notebook's own.</summary>
    public IEnumerable<KernelDirective> Directives => _directives.Values;

    /// <summary>Kernels of the notebook's own.</summary>
    public IReadOnlyList<Kernel> Own
    {
        get
        {
            lock (_own)
                return [.. _own];
        }
    }

    public void Add(Kernel kernel)
    {
        lock (_own)
        {
            _own.RemoveAll(known => known.Name == kernel.Name);
            _own.Add(kernel);
        }
    }

    public void Add(KernelDirective directive) => _directives[directive.Name] = directive;

    public void Handle(Type command, Func<KernelCommand, KernelInvocationContext, Task> handler) => _handlers[command] = handler;

    /// <summary>What was registered for a command or a type that it derives from; null if nothing.</summary>
    public Func<KernelCommand, KernelInvocationContext, Task>? HandlerOf(KernelCommand command)
    {
        for (var type = command.GetType(); type != typeof(KernelCommand) && type != null; type = type.BaseType)
        {
            if (_handlers.TryGetValue(type, out var handler))
                return handler;
        }

        return null;
    }

    /// <exception cref="NotebookException">There is none of that name.</exception>
    public object? Value(string? kernel, string name) => Known.Value(kernel ?? Language.CSharp.Name, name);

    public IReadOnlyList<KernelValueInfo> ValueInfos(string? kernel) =>
        [.. Known.All(kernel ?? Language.CSharp.Name).Select(value => new KernelValueInfo(value.Name, value.Type))];

    public Task SetValueAsync(string? kernel, string name, object? value) => Known.SetAsync(kernel ?? Language.CSharp.Name, name, value);

    public void Dispose()
    {
        while (Disposables.TryPop(out var disposable))
        {
            try
            {
                disposable.Dispose();
            }
            catch (Exception)
            {
                // Nobody sees it any more, and the others are to be closed all the same.
            }
        }
    }

    private IKernelValues Known => Values ?? throw new NotebookException("Only code of a notebook cell can do this.");
}

/// <summary>The variables of a session's languages.</summary>
internal interface IKernelValues
{
    /// <summary>The names that kernels can be found by.</summary>
    IEnumerable<string> Kernels { get; }

    /// <summary>The name of a kernel that is meant by a name or an alias; null if none is.</summary>
    string? KernelOf(string name);

    /// <exception cref="NotebookException">There is none of that name.</exception>
    object? Value(string kernel, string name);

    IEnumerable<(string Name, Type Type)> All(string kernel);

    /// <summary>Declares a variable.</summary>
    Task SetAsync(string kernel, string name, object? value);
}
