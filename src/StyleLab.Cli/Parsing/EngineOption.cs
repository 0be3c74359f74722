using System.CommandLine;
using System.Text.RegularExpressions;
using StyleLab.Tensors.Engines;

namespace StyleLab.Cli.Parsing;

/// <summary>Where a verb computes.</summary>
internal sealed partial class EngineOption : Option<string?>
{
    public EngineOption() : base("--engine")
    {
        Description = "Where it is computed: simd, the processor's vector instructions, if not given; torch, libtorch on the processor; torch:cuda or torch:cuda:1, on a GPU.";
        HelpName = "simd|reference|torch[:DEVICE]";
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!Known().IsMatch(text))
                result.AddError($"--engine takes simd, reference, torch, torch:cuda, torch:cuda:1 or torch:mps, got '{text}'.");
            return text;
        };
    }

    /// <summary>Makes the engine of the call the one that everything uses.</summary>
    /// <returns>False if the call names none.</returns>
    /// <exception cref="StyleLabException">It does not run here.</exception>
    public bool Use(ParseResult call)
    {
        if (call.GetValue(this) is not { } name)
            return false;
        Engine.Default = Engine.Named(name);
        return true;
    }

    [GeneratedRegex("^(simd|reference|torch(:(cpu|mps|cuda(:[0-9]{1,3})?))?)$")]
    private static partial Regex Known();
}
