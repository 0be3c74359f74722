using System.CommandLine;
using StyleLab.Cli.Outputs;
using StyleLab.Cli.Parsing;

namespace StyleLab.Cli.Verbs;

/// <summary>What a layer keeps of a picture, from the shell.</summary>
internal sealed class ReconstructCommand : Verb
{
    private readonly Argument<string> _picture = new("PICTURE") { Description = "Picture that is reconstructed (PNG or JPEG)." };
    private readonly Option<string> _output = PictureOption.Output();
    private readonly Option<int> _size = NumberOption.Whole("--size", "Long side of the result in pixels.", 256, smallest: 1);
    private readonly Option<string> _layers = PictureOption.Layers("Layers whose activations are met.", "relu3_1");
    private readonly Option<double> _totalVariation = NumberOption.Weight("--tv", "Weight of the total variation; 0 shows the layer alone.", 0);
    private readonly Option<int> _steps = NumberOption.Whole("--steps", "Optimizer steps.", 300, smallest: 0);
    private readonly Option<long> _seed = NumberOption.Whole("--seed", "Number that the noise it starts from is made from.", 1L, smallest: 0);
    private readonly Option<string> _network = PictureOption.Network();
    private readonly Option<bool> _json = PictureOption.Json();

    public ReconstructCommand() : base("reconstruct", "Make the PICTURE again from what a layer of the network keeps of it.")
    {
        Add(_picture);
        foreach (Option option in new Option[] { _output, _size, _layers, _totalVariation, _steps, _seed, _network, _json })
            Add(option);
        SetAction((call, _) => SynthesisOutcome.SaveAsync(Prepare(call), call.GetRequiredValue(_output), call.GetValue(_json)));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "stylelab reconstruct photo.jpg --layers relu4_1 -o relu4_1.png",
        "stylelab reconstruct photo.jpg --layers conv#5 --seed 2",
    ];

    private Synthesis Prepare(ParseResult call)
    {
        var network = Inputs.Network(call.GetRequiredValue(_network));
        var layers = Inputs.Layers(call.GetRequiredValue(_layers), network);
        var picture = Inputs.Picture(call.GetRequiredValue(_picture), call.GetValue(_size));
        OutputPicture.Check(call.GetRequiredValue(_output), [call.GetRequiredValue(_picture)]);
        return Experiments.ContentReconstruction(network, picture, layers, Start.Noise(call.GetValue(_seed)),
            Optimizer.Lbfgs(call.GetValue(_steps)), totalVariation: call.GetValue(_totalVariation));
    }
}
