using System.CommandLine;
using StyleLab.Cli.Parsing;
using StyleLab.Cli.Progress;
using StyleLab.Cli.Runs;

namespace StyleLab.Cli.Verbs;

/// <summary>What a layer keeps of a picture, from the shell.</summary>
internal sealed class ReconstructCommand : ComputingVerb
{
    private readonly Argument<string?> _picture = new("PICTURE")
    {
        Description = "Picture that is reconstructed (PNG, JPEG, WebP, GIF or BMP).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly OutputOptions _output = new();
    private readonly Option<string> _layers = PictureOption.Layers("Layers whose activations are met.", "relu3_1");
    private readonly RunOptions _options = new(new RunSettings { StartName = "noise" });

    public ReconstructCommand() : base("reconstruct", "Make the PICTURE again from what a layer of the network keeps of it.", OutputOptions.Nothing)
    {
        Add(_picture);
        Add(_layers);
        _options.AddTotalVariation("Weight of the total variation; 0 shows the layer alone.");
        _output.AddTo(this);
        _options.AddTo(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "stylelab reconstruct photo.jpg --layers relu4_1 -o relu4_1.png",
        "stylelab reconstruct photo.jpg --layers conv#5 --seed 2",
    ];

    protected override Task<int> RunAsync(ParseResult call, Interruption interruption) =>
        _output.RunAsync(call, [_picture], interruption, () => Prepare(call));

    private (Synthesis, IEnumerable<string>) Prepare(ParseResult call)
    {
        var settings = _options.Read(call);
        var network = settings.LoadNetwork();
        var layers = Inputs.Layers(call.GetRequiredValue(_layers), network);
        var picture = Inputs.Picture(call.GetValue(_picture)!, settings.LongSide);
        var run = settings.Complete(Experiments.ContentReconstruction(network, picture, layers, settings.LoadStart(),
            settings.Optimizer, totalVariation: settings.TotalVariation));
        return (run, [call.GetValue(_picture)!, .. settings.Files]);
    }
}
