using System.Diagnostics;
using System.Globalization;

namespace StyleLab.Cli.Tests.Progress;

/// <summary>Ctrl-C before there is anything to save: one sentence and exit code 1, whatever is being loaded or computed.</summary>
public sealed class InterruptionTests : IDisposable
{
    private const string TooEarly = "Interrupted before anything was done.";
    private const string FirstStep = "Interrupted before the first step: nothing was written.";

    // Far more than it takes; that it takes a third of a second at most is not for a busy machine to show.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    private readonly Stylelab _stylelab = new();

    public void Dispose() => _stylelab.Dispose();

    [Theory]
    [InlineData("transfer content.png style.png --sizes 2000", FirstStep)]
    [InlineData("texture style.png --sizes 2000", FirstStep)]
    [InlineData("reconstruct content.png --size 2000", FirstStep)]
    [InlineData("enlarge content.png style.png --factor 30 --sizes 1440", FirstStep)]
    [InlineData("sweep content.png style.png --sizes 1200 --seed 1 2", "Interrupted before the first picture was finished: nothing was written.")]
    [InlineData("drift content.png style.png --sizes 1200", "Interrupted before the first round was finished: nothing was written.")]
    public async Task Before_there_is_anything_the_call_ends_with_a_sentence(string call, string sentence)
    {
        if (!OperatingSystem.IsLinux())
            return;
        // While the call is read, while pictures and the network are loaded, and while targets or the first step are computed.
        foreach (int milliseconds in (int[])[200, 500, 1500])
        {
            var outcome = await InterruptedAsync(call + " -o out.png", milliseconds);
            Assert.Equal(1, outcome.ExitCode);
            // A fast machine may have come further.
            if (milliseconds > 1000 && outcome.Error.Contains("Interrupted after"))
                continue;
            Assert.Empty(outcome.Output);
            Assert.Contains(outcome.Error.TrimEnd(), (string[])(milliseconds > 1000 ? [sentence] : [sentence, TooEarly]));
            Assert.True(!Path.Exists(_stylelab.At("out.png")) || Directory.GetFiles(_stylelab.At("out.png")).Length == 0);
        }
    }

    [Fact]
    public async Task A_batch_says_where_it_goes_on()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Directory.CreateDirectory(_stylelab.At("photos"));
        foreach (string name in (string[])["a.png", "b.png"])
            File.Copy(_stylelab.At("content.png"), _stylelab.At("photos/" + name));
        var outcome = await InterruptedAsync("transfer --content photos --style style.png --out painted --sizes 2000", 1500);
        Assert.Equal(1, outcome.ExitCode);
        Assert.EndsWith("Interrupted at photos/a.png, 1 of 2: the same call goes on from there.", outcome.Error.TrimEnd());
        Assert.False(File.Exists(_stylelab.At("painted/a.png")));
    }

    [Fact]
    public async Task Verbs_that_make_no_run_say_it_as_well()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Pictures.Content(3000, 2500).Save(_stylelab.At("large.png"));
        var outcome = await InterruptedAsync("compare large.png large.png --network vgg19-slim", 800);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(outcome.Error.TrimEnd(), (string[])["Interrupted: nothing was measured.", TooEarly]);
    }

    [Fact]
    public async Task A_second_one_ends_a_run_that_is_being_saved()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var process = _stylelab.StartHearingInterrupts("transfer content.png style.png --size 64 --steps 100000 -o out.png");
        Assert.StartsWith("step ", await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken));
        Interrupt(process);
        Interrupt(process);
        var outcome = await Stylelab.FinishAsync(process).WaitAsync(s_longest, TestContext.Current.CancellationToken);
        // By the signal, unless the first was quicker.
        Assert.Contains(outcome.ExitCode, (int[])[1, 130]);
    }

    private async Task<Outcome> InterruptedAsync(string call, int milliseconds)
    {
        using var process = _stylelab.StartHearingInterrupts(call);
        while (!Hears(process))
            await Task.Delay(5);
        // Of its own work, so that it has come equally far on a busy machine.
        var begun = process.TotalProcessorTime;
        while (!process.HasExited && process.TotalProcessorTime - begun < TimeSpan.FromMilliseconds(milliseconds))
            await Task.Delay(5);
        Interrupt(process);
        return await Stylelab.FinishAsync(process).WaitAsync(s_longest);
    }

    /// <summary>True once the process has the thread on which .NET handles signals: before, no program that runs on it can.</summary>
    private static bool Hears(Process process)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{process.Id}/task").Any(task => File.ReadAllText(Path.Combine(task, "comm")).StartsWith(".NET SigHandler", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            // A thread that has just ended.
            return false;
        }
    }

    private static void Interrupt(Process process) =>
        Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
}
