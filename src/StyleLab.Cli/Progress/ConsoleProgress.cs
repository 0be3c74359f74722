using Spectre.Console;

namespace StyleLab.Cli.Progress;

/// <summary>How far a run is: the part done, 0..1, and one line about it.</summary>
internal readonly record struct ProgressState(double Fraction, string Text);

/// <summary>Shows progress on stderr: a bar that moves on a terminal, now and then a plain line anywhere else.</summary>
internal static class ConsoleProgress
{
    private const int BarWidth = 24;

    /// <summary>Does the work while its reports are shown.</summary>
    public static Task<T> ShowAsync<T>(Func<Action<ProgressState>, Task<T>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var terminal = console.Profile.Capabilities;
        return !Console.IsErrorRedirected && terminal.Ansi && terminal.Interactive ? ShowBarAsync(console, work) : work(PlainLines());
    }

    private static Task<T> ShowBarAsync<T>(IAnsiConsole console, Func<Action<ProgressState>, Task<T>> work) => console.Progress()
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

    /// <summary>A line at the start, at every further tenth, and at the end.</summary>
    private static Action<ProgressState> PlainLines()
    {
        int tenths = -1;
        return state =>
        {
            int now = (int)(state.Fraction * 10 + 1e-9);
            if (now <= tenths)
                return;
            tenths = now;
            Console.Error.WriteLine(state.Text);
        };
    }
}
