using System.Reflection;

namespace StyleLab.Figures;

/// <summary>
/// Displays of the real .NET Interactive. The kernel of this repository watches what it displays; that one formats a value once, so that a run would stay at its first
/// view. Its types are found by name, since this library refers to no kernel; where they are of another shape, the first view stays.
/// </summary>
internal static class LaterViews
{
    private const string Library = "Microsoft.DotNet.Interactive";
    private const string Html = "text/html";

    // Versions differ in what of this is public.
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Called while a run is formatted: if a cell is displaying it, the display shows its later views as well.</summary>
    public static void Follow(IWatchedRun run)
    {
        try
        {
            // Each load context may hold a kernel of its own; one of them runs the cell. Types that only go by these names are not its.
            foreach (var library in AppDomain.CurrentDomain.GetAssemblies().Where(assembly => assembly.GetName().Name == Library))
            {
                if (library.GetType($"{Library}.KernelInvocationContext") is { } contexts && contexts.Assembly == library
                    && contexts.GetProperty("Current")?.GetValue(null) is { } cell
                    && contexts.GetProperty("KernelEvents", Members)?.GetValue(cell) is IObservable<object> events)
                    new DisplayOf(run, cell, library).WaitFor(events);
            }
        }
        catch (Exception error) when (IsOfAnotherShape(error))
        {
        }
    }

    private static bool IsOfAnotherShape(Exception error) =>
        error is TargetException or TargetInvocationException or MemberAccessException or ArgumentException or AmbiguousMatchException or TypeLoadException or InvalidCastException;

    /// <summary>Waits for the event that says by what id a cell displays a run, and publishes later views under that id.</summary>
    private sealed class DisplayOf(IWatchedRun run, object cell, Assembly library) : IObserver<object>, IObserver<ProgressView>
    {
        private bool _isWaiting, _isFound;
        private IDisposable? _events, _views;
        private Action<ProgressView>? _show;

        public void WaitFor(IObservable<object> events)
        {
            // What the cell has displayed before comes first.
            _events = events.Subscribe(this);
            _isWaiting = true;
        }

        public void OnNext(object value)
        {
            if (!_isWaiting || _isFound || value.GetType() is not { Name: "DisplayedValueProduced" } type || type.GetProperty("Value", Members)?.GetValue(value) != run
                || type.GetProperty("ValueId", Members)?.GetValue(value) is not string id || type.GetProperty("FormattedValues", Members)?.GetValue(value) is not IEnumerable<object> formatted)
                return;
            _isFound = true;
            _events?.Dispose();
            try
            {
                _show = Publisher(id, formatted.First().GetType());
                _views = run.Subscribe(this);
            }
            catch (Exception error) when (IsOfAnotherShape(error))
            {
            }
        }

        public void OnNext(ProgressView value)
        {
            try
            {
                _show?.Invoke(value);
            }
            catch (Exception error) when (IsOfAnotherShape(error))
            {
                _views?.Dispose();
            }
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }

        private Action<ProgressView> Publisher(string id, Type content)
        {
            var update = library.GetType($"{Library}.Events.DisplayedValueUpdated", throwOnError: true)!;
            var publish = cell.GetType().GetMethod("Publish", Members, [library.GetType($"{Library}.Events.KernelEvent", throwOnError: true)!])!;
            object? command = cell.GetType().GetProperty("Command", Members)?.GetValue(cell);
            return view =>
            {
                var contents = Array.CreateInstance(content, 1);
                contents.SetValue(Activator.CreateInstance(content, Members, null, [Html, view.ToHtml()], null), 0);
                publish.Invoke(cell, [Activator.CreateInstance(update, Members, null, [view, id, command, contents], null)]);
            };
        }
    }
}
