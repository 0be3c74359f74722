using System.Diagnostics;
using Microsoft.DotNet.Interactive;
using StyleLab.Notebooks.Widgets;

namespace StyleLab.Notebooks;

/// <summary>
/// A running C# script: cells run one after the other and see each other's variables, methods, types and usings.
/// What a cell declared stays, also when the cell throws or is interrupted.
/// </summary>
public sealed class Session : IDisposable
{
    private const string HowToGoOn = "Only a restart of the kernel helps: the notebook stays as it is, the variables are lost.";

    private readonly SessionThread _runs = new();
    private readonly SessionThread _questions = new();
    private readonly SessionState _state;
    private int _cells;
    private volatile bool _isStuck;
    private volatile CellContext? _running;

    // Matching is nothing that can be stopped, and an unlucky expression takes longer than anybody lives.
    static Session() => AppContext.SetData("REGEX_DEFAULT_MATCH_TIMEOUT", TimeSpan.FromSeconds(5));

    /// <param name="folder">
    /// Where relative paths of <c>#r</c> and <c>#load</c> begin, normally the notebook's folder; the current directory
    /// if not given.
    /// </param>
    public Session(string? folder = null)
    {
        _state = new SessionState(Path.GetFullPath(folder ?? Environment.CurrentDirectory));
        CellConsole.Install();
        CellExceptions.Watch();
        _ = WarmUp.StartAsync();
    }

    /// <summary>Begins to get the compiler ready, for whoever knows that a session will be needed soon.</summary>
    /// <returns>Complete when the compiler is warm; a cell that is run before waits for it.</returns>
    public static Task WarmUpAsync() => WarmUp.StartAsync();

    /// <summary>Whether an interrupted cell goes on for good; no other cell can run then.</summary>
    public bool IsStuck => _isStuck;

    /// <summary>Answers a cell that asks the user: returns the line typed. While it is null, asking is an error of the
    /// cell.</summary>
    public Func<InputRequest, string>? Input { get; set; }

    /// <summary>What a cell that does not stop tells the user to do about it.</summary>
    internal string HowToForce
    {
        set => _state.HowToForce = value;
    }

    /// <summary>The widgets of its cells.</summary>
    internal SessionWidgets Widgets => _state.Widgets;

    /// <summary>What can stand at a place in a cell that is being written.</summary>
    /// <param name="code">The whole cell.</param>
    /// <param name="position">The place, in UTF-16 units from the start of the cell.</param>
    /// <param name="cancellation">Ends the search.</param>
    public Task<Completions> CompleteAsync(string code, int position, CancellationToken cancellation = default) =>
        _questions.RunAsync(() => new CompletionSource(_state).Complete(code, position, cancellation));

    /// <summary>What the name at a place in a cell means; null if there is none, or nothing is known of it.</summary>
    /// <param name="code">The whole cell.</param>
    /// <param name="position">The place, in UTF-16 units from the start of the cell.</param>
    /// <param name="detailLevel">0 for the signature and what it does, 1 for everything known.</param>
    /// <param name="cancellation">Ends the search.</param>
    public Task<MimeBundle?> InspectAsync(
        string code, int position, int detailLevel = 0, CancellationToken cancellation = default) =>
        _questions.RunAsync(() => new Inspection(_state).Describe(code, position, detailLevel, cancellation));

    /// <summary>Whether a text can be run as a cell.</summary>
    /// <param name="code">The whole cell.</param>
    public Completeness IsComplete(string code) => SubmissionCheck.Check(code, _state.Languages);

    /// <summary>Runs one cell to its end and hands its outputs over as they come.</summary>
    /// <param name="code">C# script code, with <c>#!</c> lines as .NET Interactive has them. A last expression without semicolon is the cell's value and is shown.</param>
    /// <param name="output">
    /// Called for each output, one at a time, on a thread of the session; not later than the returned task completes,
    /// except for what the cell's own background work writes afterwards.
    /// </param>
    /// <param name="cancellation">Stops the cell, also in an endless loop or wait. Its variables are kept. Inside code that is not
    /// its own, the cell says after a second that it does not stop, and stops when that code returns.</param>
    /// <param name="language">What the cell's metadata calls its language, such as "csharp" or "markdown"; C# if not
    /// given.</param>
    /// <param name="isCounted">Whether the cell gets a number of its own; otherwise it has the number the next cell
    /// will have.</param>
    /// <returns>How the cell ended. Errors of the cell are results, not exceptions.</returns>
    /// <exception cref="NotebookException">An earlier cell could not be stopped and is still running.</exception>
    public Task<CellResult> RunAsync(
        string code, Action<Output> output, CancellationToken cancellation = default, string? language = null,
        bool isCounted = true) => _runs.RunAsync(() =>
    {
        if (IsStuck)
            throw new NotebookException($"An interrupted cell is still running. {HowToGoOn}");

        int number = isCounted ? ++_cells : _cells + 1;
        var cell = new CellContext(number, _state.Outputs, output, cancellation)
        {
            LiveDisplays = _state.LiveDisplays, Items = _state.Items, Input = Input, HowToForce = _state.HowToForce,
        };
        _running = cell;
        var (status, value, error) = Run(code, language, cell);
        _running = null;
        _state.LiveDisplays.ShowLatest();
        cell.Outputs.FlushAsync().Wait(CancellationToken.None);
        _state.Widgets.ShowLatest(cancellation);
        if (error != null)
            cell.Outputs.Publish(error);
        CellEvents.End(cell, code, error);
        cell.Outputs.FlushAsync().Wait(CancellationToken.None);
        return new CellResult(cell.ExecutionCount, status, value, error);
    });

    /// <summary>
    /// Ends by force a cell that was cancelled and has said that it does not stop. That may end the process: the runtime's
    /// abort is not safe everywhere. Does nothing in any other case.
    /// </summary>
    public void Abort() => _running?.Abort();

    /// <summary>Stops listening to what earlier cells display.</summary>
    public void Dispose()
    {
        _runs.Dispose();
        _questions.Dispose();
        _state.Script.OpenResources.CloseAll();
        _state.Languages.Dispose();
        _state.Items.Of<SessionKernels>().Dispose();
        _state.Widgets.Dispose();
        _state.LiveDisplays.Dispose();
        _state.Outputs.Dispose();
    }

    private (CellStatus Status, object? Value, ErrorOutput? Error) Run(string code, string? language, CellContext context)
    {
        var run = new CellRun(_state, context);
        context.RunInside = run.RunInsideAsync;
        var clock = Stopwatch.StartNew();

        // Flows into the cell's thread and from there into all that the cell starts.
        CellContext.Current = context;
        SessionWidgets.Current = _state.Widgets;
        CellConsole.RestoreInput();
        try
        {
            WarmUp.WaitForEnd(context.Cancellation);
            CellEvents.Begin(context, code, new KernelValues(_state, run));
            run.RunDeferred();
            run.RunCode(code, language);
            return (CellStatus.Done, run.Value, null);
        }
        catch (Exception failed) when (failed is IDescribedProblem)
        {
            return (CellStatus.Failed, null, ((IDescribedProblem)failed).ToOutput());
        }
        catch (NotebookException problem)
        {
            return (CellStatus.Failed, null, new ErrorOutput(ErrorOutput.CellError, problem.Message, [problem.Message]));
        }
        catch (OperationCanceledException)
        {
            return (CellStatus.Interrupted, null, Interrupted($"{context.Name} was interrupted."));
        }
        catch (TimeoutException)
        {
            _isStuck = true;
            return (CellStatus.Interrupted, null, Interrupted($"{context.Name} was interrupted but does not stop. {HowToGoOn}"));
        }
        // Thrown outside of the cell's own code, by what it handed over: a magic, a value that is asked for its text, a package.
        catch (Exception unforeseen)
        {
            return (CellStatus.Failed, null, Traceback.Describe(unforeseen));
        }
        finally
        {
            if (run.IsTimed)
                run.Show(new MimeBundle { { MimeTypes.PlainText, FormattableString.Invariant($"Wall time: {clock.Elapsed.TotalMilliseconds:0.##}ms") } });
        }
    }

    private static ErrorOutput Interrupted(string message) => new(ErrorOutput.Interrupted, message, [message]);
}
