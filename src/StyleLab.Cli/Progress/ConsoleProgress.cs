using System.Diagnostics;
using Spectre.Console;

namespace StyleLab.Cli.Progress;

/// <summary>Shows progress on stderr: a bar that moves on a terminal, now and then a plain line anywhere else.</summary>
internal static class ConsoleProgress
{
    private const int BarWidth = 24;
    private static readonly TimeSpan s_longestSilence = TimeSpan.FromSeconds(10);

    // Taken once, at the start: a notebook session puts writers of its own in place of the console's.
    private static readonly TextWriter s_error = Console.Error;
    private static readonly IAnsiConsole s_console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(s_error) });

    private static bool HasTerminal =>
        !Console.IsErrorRedirected && s_console.Profile.Capabilities is { Ansi: true, Interactive: true };

    /// <summary>Does the work while its reports are shown.</summary>
    public static Task<T> ShowAsync<T>(Func<Action<ProgressState>, Task<T>> work) =>
        HasTerminal ? ShowBarAsync(work) : work(PlainLines());

    private static Task<T> ShowBarAsync<T>(Func<Action<ProgressState>, Task<T>> work) => s_console.Progress()
        .Columns(new ProgressBarColumn { Width = BarWidth }, new TaskDescriptionColumn { Alignment = Justify.Left })
        .StartAsync(async context =>
        {
            var bar = context.AddTask("begins", maxValue: 1);
            return await work(state =>
            {
                bar.Value = state.Fraction;
                bar.Description = state.Text.EscapeMarkup();
            });
        });

    /// <summary>A line for every stage and every further tenth, and when there was none for long.</summary>
    private static Action<ProgressState> PlainLines()
    {
        var (stage, tenths, sinceLine) = (-1, -1, Stopwatch.StartNew());
        return state =>
        {
            int now = (int)(state.Fraction * 10 + 1e-9);
            if (state.Stage == stage && now == tenths && sinceLine.Elapsed < s_longestSilence)
                return;
            (stage, tenths) = (state.Stage, now);
            sinceLine.Restart();
            s_error.WriteLine(state.Text);
        };
    }
}
