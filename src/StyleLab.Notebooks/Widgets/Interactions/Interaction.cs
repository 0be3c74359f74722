using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.DotNet.Interactive.Formatting;

namespace StyleLab.Notebooks.Widgets;

/// <summary>
/// A function that runs again when a control changes. One call at a time: a call that is overtaken by a change is stopped, as a cell is, and the next gets
/// the newest values.
/// </summary>
internal sealed class Interaction
{
    private readonly Lock _lock = new();
    private readonly Delegate _function;
    private readonly ParameterInfo[] _parameters;
    private readonly Widget?[] _controls;
    private readonly OutputArea _area = new();
    private readonly CellContext _cell;
    private readonly ExecutionContext _context = ExecutionContext.Capture()!;
    private CancellationTokenSource? _stop;
    private TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isRunning;
    private bool _isWanted;
    private bool _isInterrupted;

    /// <param name="function">What to call.</param>
    /// <param name="wishes">What the caller gave for its parameters, in order.</param>
    /// <param name="cell">The cell that asks.</param>
    /// <exception cref="ArgumentException">There is no control for a parameter, or there are more wishes than parameters.</exception>
    public Interaction(Delegate function, object?[] wishes, CellContext cell)
    {
        _function = function;
        _cell = cell;
        _parameters = function.Method.GetParameters();
        // The compiler puts an object before the parameters of some lambdas.
        if (function.Target is not null && function.Method.IsStatic)
            _parameters = _parameters[1..];
        var asked = _parameters.Where(parameter => parameter.ParameterType != typeof(CancellationToken)).ToList();
        if (wishes.Length > asked.Count)
            throw new ArgumentException($"The function has {asked.Count} parameters to choose, and {wishes.Length} controls were given.");
        var parametersOfType = function.GetType().GetMethod("Invoke")!.GetParameters();
        _controls = [.. _parameters.Select((parameter, i) => parameter.ParameterType == typeof(CancellationToken) ? null
            : InteractionControls.For(WithDefault(parameter, parametersOfType[i]), wishes.ElementAtOrDefault(asked.IndexOf(parameter))))];
        View = new Box("VBox", [.. _controls.OfType<Widget>(), _area]);
    }

    /// <summary>The controls, and below them what the function shows.</summary>
    public Box View { get; }

    /// <summary>Calls the function, waits until it has come to its end, and calls it again at each change from then on.</summary>
    /// <exception cref="OperationCanceledException">The cell was stopped.</exception>
    public void Start()
    {
        foreach (var control in _controls.OfType<Widget>())
        {
            control.StateChanged += name =>
            {
                if (name is "value" or "index")
                    Want();
            };
        }

        Want();
        try
        {
            WaitForEnd(_cell.Cancellation);
        }
        catch (Exception) when (_cell.Cancellation.IsCancellationRequested)
        {
            Interrupt();
            throw;
        }
    }

    /// <summary>Waits until no call runs or is wanted.</summary>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public void WaitForEnd(CancellationToken cancellation)
    {
        Task idle;
        lock (_lock)
            idle = _idle.Task;
        idle.Wait(cancellation);
    }

    /// <summary>Stops the call that runs; a change begins another.</summary>
    public void Interrupt()
    {
        CancellationTokenSource? stop;
        lock (_lock)
        {
            (_isWanted, _isInterrupted) = (false, true);
            stop = _stop;
        }

        stop?.CancelAside();
    }

    // The parameters of a lambda's type know its defaults, those of its method the attributes.
    private static ParameterInfo WithDefault(ParameterInfo parameter, ParameterInfo ofType) =>
        parameter.HasDefaultValue || !ofType.HasDefaultValue || parameter.GetCustomAttributes(inherit: false).Length > 0 ? parameter : ofType;

    private void Want()
    {
        CancellationTokenSource? overtaken;
        lock (_lock)
        {
            (_isWanted, _isInterrupted) = (true, false);
            overtaken = _stop;
            if (!_isRunning)
            {
                _isRunning = true;
                if (_idle.Task.IsCompleted)
                    _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);

                // Code of the cell, whoever moved the control.
                var thread = new Thread(() => ExecutionContext.Run(_context, _ => Run(), null)) { IsBackground = true, Name = "interaction" };
                thread.UnsafeStart();
            }
        }

        overtaken?.CancelAside();
    }

    private void Run()
    {
        while (true)
        {
            CancellationTokenSource stop;
            lock (_lock)
            {
                _stop = null;
                if (!_isWanted)
                {
                    _isRunning = false;
                    _idle.TrySetResult();
                    return;
                }

                _isWanted = false;
                stop = _stop = new CancellationTokenSource();
            }

            Call(stop.Token);
            SessionWidgets.Current?.SendRest();
        }
    }

    private void Call(CancellationToken stop)
    {
        var context = _cell.ForLater(_area.Record, stop);
        CellContext.Current = context;
        _area.Clear(wait: true);
        try
        {
            if (CellThread.Run(() => CallAsync(context), context) is { } failed)
                context.Outputs.Publish(Traceback.Describe(failed));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or TimeoutException)
        {
            lock (_lock)
            {
                if (_isInterrupted)
                    context.Outputs.Publish(new StreamOutput("stderr", "The function was interrupted; move a control to run it again.\n"));
            }
        }

        // Values that were held back are of this call, and what it did not replace is not.
        _cell.LiveDisplays.ShowLatest();
        context.Outputs.FlushAsync().Wait(CancellationToken.None);
        _area.EndWait();
    }

    private async Task CallAsync(CellContext context)
    {
        object?[] arguments = [.. _parameters.Select((parameter, i) =>
            _controls[i] is IValueControl control ? InteractionControls.Argument(parameter, control.Value) : context.CooperativeCancellation)];
        object? result = _function.DynamicInvoke(arguments);
        if (result is not null && ObservableValue.IsObservable(result))
            DisplayedValue.Show(result, [], CellContext.Required);
        if (result is not null)
            await ShowAsync(result);
    }

    private static async Task ShowAsync(object result)
    {
        bool isShown = ObservableValue.IsObservable(result);
        if (result.GetType().GetMethod("GetAwaiter", Type.EmptyTypes) is { } method)
        {
            object awaiter = method.Invoke(result, null)!;
            if (awaiter is INotifyCompletion completion && awaiter.GetType().GetProperty("IsCompleted")?.GetValue(awaiter) is false)
                await new Completion(completion);
            var ended = awaiter.GetType().GetMethod("GetResult", Type.EmptyTypes)!;
            object? value;
            try
            {
                value = ended.Invoke(awaiter, null);
            }
            catch (TargetInvocationException thrown) when (thrown.InnerException is { } inner)
            {
                ExceptionDispatchInfo.Throw(inner);
                throw;
            }

            if (ended.ReturnType == typeof(void) || value?.GetType().Name == "VoidTaskResult")
                return;
            result = value!;
        }

        if (!isShown && result is not null)
            DisplayedValue.Show(result, [], CellContext.Required);
    }

    /// <summary>Waits for what anybody can await.</summary>
    private readonly struct Completion(INotifyCompletion awaiter) : INotifyCompletion
    {
        public bool IsCompleted => false;

        public Completion GetAwaiter() => this;

        public void OnCompleted(Action continuation) => awaiter.OnCompleted(continuation);

        public void GetResult()
        {
        }
    }
}
