namespace StyleLab;

/// <summary>Calls a function with every view of a run.</summary>
internal sealed class ProgressWatcher(Action<ProgressView> see) : IObserver<ProgressView>
{
    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void OnNext(ProgressView value) => see(value);
}
