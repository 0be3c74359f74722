using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using StyleLab.Runs;
using StyleLab.Tensors;
using StyleLab.Tensors.Engines;

namespace StyleLab.Benchmarks.VersusPyTorch;

/// <summary>
/// StyleLab's side of the comparison: answers the requests that <c>benchmarks/pytorch/evaluate.py</c> answers for PyTorch,
/// in a process of its own, so that both sides are measured the same way.
/// </summary>
internal sealed class OurSide
{
    /// <summary>What starts this program as a side.</summary>
    public const string Argument = "versus-pytorch-side";

    private Problem? _problem;

    /// <summary>One line a request, one line an answer, until the input ends.</summary>
    public static void Answer(TextReader requests, TextWriter answers)
    {
        var side = new OurSide();
        while (requests.ReadLine() is { } line)
        {
            JsonObject answer;
            try
            {
                answer = side.Answer(JsonNode.Parse(line)!);
            }
            catch (Exception error)
            {
                answer = new() { ["error"] = error.Message };
            }
            answers.WriteLine(answer.ToJsonString());
            answers.Flush();
        }
    }

    private JsonObject Answer(JsonNode request) => (string)request["do"]! switch
    {
        "describe" => new() { ["dotnet"] = RuntimeInformation.FrameworkDescription, ["engine"] = Engine.Default.Name },
        "prepare" => Prepare((string)request["network"]!, (string)request["pictures"]!, (string)request["padding"]!),
        "evaluate" => Evaluate((int)request["times"]!),
        "gradient" => WriteGradient((string)request["path"]!),
        "optimise" => Optimise((int)request["steps"]!),
        var other => throw new InvalidOperationException($"There is no request '{other}'."),
    };

    private JsonObject Prepare(string network, string pictures, string padding)
    {
        _problem?.Dispose();
        _problem = null;
        _problem = new Problem(LossNetwork.Load(network).WithPadding(Enum.Parse<Padding>(padding, ignoreCase: true)), TransferPictures.Read(pictures));
        return [];
    }

    private JsonObject Evaluate(int times)
    {
        var evaluation = _problem!.Evaluation;
        var picture = _problem.Pictures.Start.Values;
        var seconds = new double[times];
        double loss = 0;
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < times; i++)
        {
            long start = Stopwatch.GetTimestamp();
            loss = evaluation.At(picture, default);
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return new()
        {
            ["seconds"] = new JsonArray([.. seconds.Select(s => JsonValue.Create(s))]),
            ["loss"] = loss,
            ["allocatedBytes"] = (double)allocated / times,
        };
    }

    private JsonObject WriteGradient(string path)
    {
        File.WriteAllBytes(path, MemoryMarshal.AsBytes<float>(_problem!.Evaluation.Gradients));
        return [];
    }

    /// <summary>The run a user would start, at one size; no tolerance ends it early.</summary>
    private JsonObject Optimise(int steps)
    {
        var (network, pictures) = (_problem!.Network, _problem.Pictures);
        var optimizer = new LbfgsOptimizer(steps, GradientTolerance: 0, ChangeTolerance: 0);
        var result = network.Synthesize(
            pictures.Objective, Start.From(pictures.Start), optimizer, sizes: [pictures.Start.Width], margin: 0).RunAsync().Result;
        return new() { ["evaluations"] = result.Evaluations, ["loss"] = result.LossesAtEnd!.Value };
    }

    /// <summary>The evaluation is made when it is first asked for: an optimisation makes its own.</summary>
    private sealed class Problem(LossNetwork network, TransferPictures pictures) : IDisposable
    {
        private Evaluation? _evaluation;

        public LossNetwork Network => network;

        public TransferPictures Pictures => pictures;

        public Evaluation Evaluation => _evaluation ??= new Evaluation(
            network, pictures.Objective, new(pictures.Start.Width, pictures.Start.Height), 0, 1, Engine.Default);

        public void Dispose() => _evaluation?.Dispose();
    }
}
