namespace StyleLab.Cli.Progress;

/// <summary>Fetches a network with its progress on stderr and Ctrl-C to stop.</summary>
internal static class FetchProgressBar
{
    /// <exception cref="StyleLabException">It did not work, or was stopped.</exception>
    public static async Task<T> ShowAsync<T>(Func<IProgress<FetchProgress>, CancellationToken, Task<T>> fetch)
    {
        using var interruption = new Interruption();
        try
        {
            return await ConsoleProgress.ShowAsync(report => fetch(new Reporter(report), interruption.Token));
        }
        catch (OperationCanceledException error)
        {
            throw new StyleLabException("Interrupted: what was downloaded is kept, and the next fetch goes on from there.", error);
        }
    }

    private sealed class Reporter(Action<ProgressState> report) : IProgress<FetchProgress>
    {
        private string? _stage;
        private int _number;

        public void Report(FetchProgress progress)
        {
            if (progress.Stage != _stage)
                (_stage, _number) = (progress.Stage, _number + 1);
            report(new(progress.Fraction, progress.ToString(), _number));
        }
    }
}
