namespace StyleLab.Cli.Progress;

/// <summary>Runs a synthesis with its progress on stderr and Ctrl-C to end it.</summary>
internal static class SynthesisProgress
{
    /// <summary>Runs, and calls a function after every step.</summary>
    public static Task<SynthesisResult> RunAsync(Synthesis run, Action<SynthesisStep>? afterStep = null) => RunAsync<SynthesisResult>(run, async cancellation =>
    {
        if (afterStep is not null)
            await foreach (var step in run.WithCancellation(cancellation))
                afterStep(step);
        return await run.RunAsync(cancellation);
    });

    /// <summary>Runs several that belong together.</summary>
    public static Task<TResult> RunAsync<TItem, TResult>(SeriesRun<TItem, TResult> run) => RunAsync(run, run.RunAsync);

    private static async Task<T> RunAsync<T>(IObservable<ProgressView> progress, Func<CancellationToken, Task<T>> run)
    {
        using var interruption = new Interruption();
        return await ConsoleProgress.ShowAsync(async report =>
        {
            using var subscription = progress.Subscribe(new Observer(report));
            return await run(interruption.Token);
        });
    }

    private sealed class Observer(Action<ProgressState> report) : IObserver<ProgressView>
    {
        public void OnNext(ProgressView view) => report(new(view.Fraction, view.ToString()));

        public void OnCompleted() { }

        // The same error comes out of the run itself.
        public void OnError(Exception error) { }
    }
}
