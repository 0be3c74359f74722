namespace StyleLab.Cli.Progress;

/// <summary>Runs a synthesis with its progress on stderr and Ctrl-C to end it.</summary>
internal static class SynthesisProgress
{
    /// <summary>Runs, and calls a function after every step. From the first step on there is something to save.</summary>
    public static Task<SynthesisResult> RunAsync(Synthesis run, Interruption interruption, Action<SynthesisStep>? afterStep = null) =>
        RunAsync(run, interruption, async () =>
        {
            await foreach (var step in run.WithCancellation(interruption.Token))
            {
                interruption.Keep();
                afterStep?.Invoke(step);
            }
            return await run;
        });

    /// <summary>Runs several that belong together. From the first that is finished on there is something to save.</summary>
    public static Task<TResult> RunAsync<TItem, TResult>(SeriesRun<TItem, TResult> run, Interruption interruption) =>
        RunAsync(run, interruption, async () =>
        {
            await foreach (var _ in run.WithCancellation(interruption.Token))
                interruption.Keep();
            return await run;
        });

    private static Task<T> RunAsync<T>(IObservable<ProgressView> progress, Interruption interruption, Func<Task<T>> run) =>
        ConsoleProgress.ShowAsync(async report =>
        {
            using var subscription = progress.Subscribe(new Observer(report));
            return await interruption.UnlessAskedAsync(run);
        });

    private sealed class Observer(Action<ProgressState> report) : IObserver<ProgressView>
    {
        public void OnNext(ProgressView view) => report(new(view.Fraction, view.ToString()));

        public void OnCompleted() { }

        // The same error comes out of the run itself.
        public void OnError(Exception error) { }
    }
}
