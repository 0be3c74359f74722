using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace StyleLab.Benchmarks.VersusPyTorch;

/// <summary>One side of the comparison: a fresh process that answers requests a line at a time.</summary>
internal sealed class Side : IDisposable
{
    /// <summary>Threads each side computes with.</summary>
    public const int Threads = 2;

    private readonly string _name;
    private readonly Process _process;

    private Side(string name, string program, params string[] arguments)
    {
        _name = name;
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var variable in new[] { "STYLELAB_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS" })
            start.Environment[variable] = Threads.ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(start)!;
    }

    /// <summary>This program once more.</summary>
    public static Side StyleLab()
    {
        string program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? new("StyleLab", program, typeof(Side).Assembly.Location, OurSide.Argument)
            : new("StyleLab", program, OurSide.Argument);
    }

    /// <summary>PyTorch under the given Python.</summary>
    public static Side PyTorch(string python) =>
        new("PyTorch", python, Path.Combine(SharedFiles.Repository, "benchmarks", "pytorch", "evaluate.py"));

    /// <summary>Versions.</summary>
    public JsonNode Describe() => Ask(new() { ["do"] = "describe" });

    /// <summary>Loads a problem and computes its targets.</summary>
    public void Prepare(Contest contest, Variant variant, SharedFiles files) => Ask(new()
    {
        ["do"] = "prepare",
        ["network"] = files.Network(contest.Network),
        ["pictures"] = files.Pictures(contest.Size),
        ["padding"] = variant.Padding,
        ["layout"] = variant.Layout,
    });

    /// <summary>Evaluates loss and gradient at the start picture.</summary>
    public Evaluations Evaluate(int times)
    {
        var answer = Ask(new() { ["do"] = "evaluate", ["times"] = times });
        return new([.. answer["seconds"]!.AsArray().Select(s => (double)s!)], (double)answer["loss"]!, (double?)answer["allocatedBytes"]);
    }

    /// <summary>The gradient of the last evaluation.</summary>
    public float[] Gradient(SharedFiles files)
    {
        string path = files.Scratch("gradient.bin");
        Ask(new() { ["do"] = "gradient", ["path"] = path });
        var bytes = File.ReadAllBytes(path);
        var values = new float[bytes.Length / sizeof(float)];
        Buffer.BlockCopy(bytes, 0, values, 0, bytes.Length);
        return values;
    }

    /// <summary>Runs L-BFGS from the start picture; gives the number of evaluations and the last loss.</summary>
    public (int Evaluations, double Loss) Optimise(int steps)
    {
        var answer = Ask(new() { ["do"] = "optimise", ["steps"] = steps });
        return ((int)answer["evaluations"]!, (double)answer["loss"]!);
    }

    /// <summary>The largest resident memory so far, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Ends the process and waits until it is gone.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private JsonNode Ask(JsonObject request)
    {
        var answer = Send(request.ToJsonString()) ?? throw new StyleLabException(
            $"{_name}'s process ended while it was asked to {request["do"]}; not enough memory is the usual reason.");
        return answer["error"] is { } error ? throw new StyleLabException($"{_name} could not {request["do"]}: {error}") : answer;
    }

    /// <summary>The answer to a request, or null if the process has ended.</summary>
    private JsonNode? Send(string request)
    {
        try
        {
            _process.StandardInput.WriteLine(request);
            _process.StandardInput.Flush();
            return _process.StandardOutput.ReadLine() is { } line ? JsonNode.Parse(line) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
