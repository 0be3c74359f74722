namespace StyleLab.Cli.Progress;

/// <summary>Runs a synthesis with its progress on stderr and Ctrl-C to end it.</summary>
internal static class SynthesisProgress
{
    public static async Task<SynthesisResult> RunAsync(Synthesis run)
    {
        using var interruption = new Interruption();
        return await ConsoleProgress.ShowAsync(async report =>
        {
            using var subscription = run.Subscribe(new Observer(report));
            return await run.RunAsync(interruption.Token);
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
