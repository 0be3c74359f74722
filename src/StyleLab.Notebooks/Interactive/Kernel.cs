using System.Collections.Concurrent;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive;

/// <summary>
/// What every cell can call without a <c>using</c>; and, as an object, what runs cells. <see cref="Root"/> holds a kernel for each
/// language; a notebook can add one of its own: a class that derives from this and implements
/// <see cref="IKernelCommandHandler{T}"/> of <see cref="SubmitCode"/>, given to <see cref="CompositeKernel.Add"/>.
/// </summary>
public class Kernel
{
    /// <param name="name">The name behind <c>#!</c>.</param>
    protected Kernel(string name) => Name = name;

    /// <summary>What runs this cell.</summary>
    public static Kernel Current { get; } = new CSharpKernel();

    /// <summary>What holds the kernels of all languages.</summary>
    public static Kernel Root { get; } = new CompositeKernel();

    /// <summary>The name of its language.</summary>
    public string Name { get; }

    /// <summary>What holds this kernel; null if nothing does.</summary>
    public virtual CompositeKernel? ParentKernel => (CompositeKernel)Root;

    /// <summary>What holds the kernels of all languages.</summary>
    public Kernel RootKernel => Root;

    /// <summary>What it is called.</summary>
    public KernelInfo KernelInfo => new(Name);

    /// <summary>What happens in this notebook from now on: what is shown and printed, commands that succeed and fail.</summary>
    public KernelEventStream<KernelEvent> KernelEvents => Session.Events.Stream;

    /// <summary>Carries out a command as a part of the running cell.</summary>
    /// <param name="command">What is to be done.</param>
    /// <param name="cancellationToken">Nothing is begun once it has fired.</param>
    /// <returns>Complete when the command has been carried out, with what happened meanwhile: at the end a <see cref="CommandSucceeded"/>
    /// or a <see cref="CommandFailed"/>. What failed is also printed as an error; the cell goes on.</returns>
    public async Task<KernelCommandResult> SendAsync(KernelCommand command, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var cell = CellContext.Required;
        if (this is not CompositeKernel and not CSharpKernel)
            command.TargetKernelName ??= Name;
        var events = Session.Events;
        var heard = new ConcurrentQueue<KernelEvent>();
        while (Session.Deferred.TryDequeue(out var deferred))
            await KernelInvocationContext.CarryOutAsync(deferred, cell);
        using (events.Stream.Subscribe(heard.Enqueue))
        {
            events.Publish(await KernelInvocationContext.CarryOutAsync(command, cell));
        }

        return new KernelCommandResult(command, [.. heard]);
    }

    /// <summary>Runs code as a part of the running cell: it sees what the cell has declared, and later cells see what it
    /// declares.</summary>
    public Task<KernelCommandResult> SubmitCodeAsync(string code) => SendAsync(new SubmitCode(code));

    /// <summary>Carries out a command before the next cell or the next command that is sent.</summary>
    public void DeferCommand(KernelCommand command) => Session.Deferred.Enqueue(command);

    /// <summary>Closes something when the session ends.</summary>
    public void RegisterForDisposal(IDisposable disposable) => Session.Disposables.Push(disposable);

    /// <summary>Does something when the session ends.</summary>
    public void RegisterForDisposal(Action dispose) => RegisterForDisposal(new AtEnd(dispose));

    /// <summary>Says what a command of the notebook's own does.</summary>
    public void RegisterCommandHandler<TCommand>(Func<TCommand, KernelInvocationContext, Task> handler) where TCommand : KernelCommand =>
        Session.Handle(typeof(TCommand), (command, context) => handler((TCommand)command, context));

    /// <summary>Adds a magic command.</summary>
    /// <param name="directive">Its name and parameters.</param>
    /// <param name="handler">Called where a cell has the line; the command's properties are the parameters, by name.</param>
    public void AddDirective<TCommand>(KernelActionDirective directive, Func<TCommand, KernelInvocationContext, Task> handler)
        where TCommand : KernelCommand, new()
    {
        directive.Run = (arguments, context) => handler(directive.Command<TCommand>(arguments), context);
        Session.Add(directive);
    }

    /// <summary>Adds a magic command.</summary>
    /// <param name="directive">Its name and parameters.</param>
    /// <param name="handler">Called where a cell has the line, with a <see cref="DirectiveCommand"/>.</param>
    public void AddDirective(KernelActionDirective directive, Func<KernelCommand, KernelInvocationContext, Task> handler)
    {
        directive.Run = (arguments, context) => handler(new DirectiveCommand(directive.Name, arguments), context);
        Session.Add(directive);
    }

    private protected static SessionKernels Session => CellContext.Required.Items.Of<SessionKernels>();

#pragma warning disable IDE1006 // The names notebooks know.
    /// <summary>
    /// Shows a value below the cell. A value that is an <see cref="IObservable{T}"/> is live: the latest value it
    /// pushed is shown, in place, as long as it pushes; when the cell is interrupted, its <c>Cancel()</c> is called.
    /// </summary>
    /// <param name="value">Anything; null is shown as such.</param>
    /// <param name="mimeTypes">Only these types, where the value can be shown in them; by default all.</param>
    /// <returns>A handle to show something else in the same place later.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes) =>
        DisplayedValue.Show(value, mimeTypes, CellContext.Required);

    /// <summary>Takes away what the cell has shown so far.</summary>
    /// <param name="wait">Only when the next output arrives, so that nothing flickers.</param>
    public static void clear_output(bool wait = false) =>
        CellContext.Required.Outputs.PublishFromCell(new ClearOutput(wait));

    /// <summary>Asks the user for a line.</summary>
    /// <exception cref="InvalidOperationException">Nobody is there to answer.</exception>
    public static string input(string prompt = "") => CellContext.Required.Ask(prompt);

    /// <summary>Asks the user for a line that is not shown while it is typed.</summary>
    /// <exception cref="InvalidOperationException">Nobody is there to answer.</exception>
    public static PasswordString password(string prompt = "") =>
        new(CellContext.Required.Ask(prompt, isPassword: true));
#pragma warning restore IDE1006

    /// <summary>Marks a text as HTML.</summary>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <summary>Runs JavaScript in the front end.</summary>
    public static void Javascript(string content) => content.DisplayAs(MimeTypes.JavaScript);

    /// <summary>Adds a style sheet to the page.</summary>
    public static void CSS(string content) => $"<style>{content}</style>".DisplayAs(MimeTypes.Html);

    /// <summary>Asks the user for a line.</summary>
    /// <exception cref="InvalidOperationException">Nobody is there to answer.</exception>
    public static Task<string> GetInputAsync(string prompt = "", string typeHint = "text") =>
        Task.FromResult(input(prompt));

    /// <summary>Asks the user for a line that is not shown while it is typed.</summary>
    /// <exception cref="InvalidOperationException">Nobody is there to answer.</exception>
    public static Task<PasswordString> GetPasswordAsync(string prompt = "") => Task.FromResult(password(prompt));

    private sealed class AtEnd(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }
}
