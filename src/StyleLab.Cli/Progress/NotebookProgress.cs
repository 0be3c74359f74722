using StyleLab.Notebooks;

namespace StyleLab.Cli.Progress;

/// <summary>Runs a notebook with its progress on stderr.</summary>
internal static class NotebookProgress
{
    public static Task<RunResult> RunAsync(string notebook, string output, RunOptions options, CancellationToken cancellation) =>
        ConsoleProgress.ShowAsync(async report =>
        {
            var result = await NotebookRunner.RunAsync(notebook, output, options with { Progress = new Observer(report) }, cancellation);
            if (result.Status == RunStatus.Done)
                report(new(1, $"{Path.GetFileName(notebook)} · done", Stage: 0));
            return result;
        });

    private sealed class Observer(Action<ProgressState> report) : IProgress<RunProgress>
    {
        public void Report(RunProgress run)
        {
            var text = $"{run.Notebook} · cell {run.Cell} of {run.CellCount}";
            if (run.Status is { } status)
                text += " · " + status.Split('\n')[0].TrimEnd();
            report(new((run.Cell - 1.0) / run.CellCount, text, run.Cell));
        }
    }
}
