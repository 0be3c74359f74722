using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace StyleLab.Cli.Tests;

/// <summary>
/// A process that answers many calls of the command. Most of a call's time is that of starting .NET, and the tests make some
/// hundred of them.
/// </summary>
internal sealed class Callee
{
    private static readonly ConcurrentBag<Callee> s_idle = [];

    private readonly Process _process;

    private Callee()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Callee).Assembly.Location, Answerer.Word])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
    }

    /// <summary>Runs a call in a process that no other uses at the time.</summary>
    /// <param name="folder">The current folder.</param>
    /// <param name="words">What follows "stylelab".</param>
    public static async Task<Outcome> AnswerAsync(string folder, string[] words)
    {
        var callee = s_idle.TryTake(out var idle) ? idle : new Callee();
        string output = Path.GetTempFileName(), error = Path.GetTempFileName();
        try
        {
            await callee._process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new Call(folder, words, output, error)));
            string? answer = await callee._process.StandardOutput.ReadLineAsync();
            if (answer == null)
                throw new InvalidOperationException($"The process ended at: stylelab {string.Join(' ', words)}\n{await File.ReadAllTextAsync(error)}");
            s_idle.Add(callee);
            return new Outcome(int.Parse(answer), await File.ReadAllTextAsync(output), await File.ReadAllTextAsync(error));
        }
        finally
        {
            File.Delete(output);
            File.Delete(error);
        }
    }
}
