namespace StyleLab.Notebooks.Widgets;

/// <summary>An event whose handlers are code of cells.</summary>
/// <typeparam name="T">What handlers get.</typeparam>
internal sealed class CellEvent<T>
{
    // Replaced as a whole, so that a cell that is stopped in the middle never leaves a lock behind.
    private volatile Subscription[] _subscriptions = [];

    public void Add(Action<T>? handler)
    {
        if (handler is not null)
            _subscriptions = [.. _subscriptions, new(handler, ExecutionContext.Capture(), SessionWidgets.Current)];
    }

    public void Remove(Action<T>? handler)
    {
        int last = Array.FindLastIndex(_subscriptions, subscription => subscription.Handler == handler);
        if (last >= 0)
            _subscriptions = [.. _subscriptions[..last], .. _subscriptions[(last + 1)..]];
    }

    /// <param name="value">What handlers get.</param>
    /// <param name="takesPlace">Whether it takes the place of an earlier value that has not been handled.</param>
    public void Raise(T value, bool takesPlace)
    {
        foreach (var subscription in _subscriptions)
        {
            if (subscription.Session is { } session)
                session.Events.Add(new(subscription, subscription.Cell, () => subscription.Handler(value)), takesPlace);
            else
                subscription.Handler(value);
        }
    }

    /// <summary>Code that is called later still belongs to the cell that handed it over.</summary>
    private sealed record Subscription(Action<T> Handler, ExecutionContext? Cell, SessionWidgets? Session);
}
