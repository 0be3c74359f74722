using System.CommandLine;
using StyleLab.Cli.Parsing;
using StyleLab.Cli.Progress;
using StyleLab.Cli.Runs;

namespace StyleLab.Cli.Verbs;

/// <summary>Super-resolution by style from the shell.</summary>
internal sealed class EnlargeCommand : ComputingVerb
{
    private readonly Argument<string?> _picture = new("PICTURE")
    {
        Description = "Picture to enlarge (PNG, JPEG, WebP, GIF or BMP).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Argument<string?> _sharp = new("SHARP")
    {
        Description = "Sharp picture of something similar, at the scale of the result; detail is made like its.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly OutputOptions _output = new();
    private readonly Option<int> _factor = NumberOption.Whole("--factor", "How many times larger the result is.", 2, smallest: 2);
    private readonly Option<double> _detail = NumberOption.Weight("--detail", "More invents more; 0 invents nothing.", Experiments.DetailWeight);
    private readonly Option<string> _layers = PictureOption.Layers("Layers of the Gram matrices.", Experiments.DetailLayers);

    private readonly RunOptions _options = new(
        new RunSettings { TotalVariation = Experiments.SmoothPlacesWeight, StartName = "noise" }, hasStart: false, sizeMeans: null);


    public EnlargeCommand() : base("enlarge", "Make the PICTURE larger, with detail like that of the SHARP picture.", OutputOptions.Nothing)
    {
        Add(_picture);
        Add(_sharp);
        foreach (Option option in new Option[] { _factor, _detail, _layers })
            Add(option);
        _options.AddTotalVariation("More is smoother where PICTURE is smooth.");
        _output.AddTo(this);
        _options.AddTo(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "stylelab enlarge small.png sharp.jpg -o large.png",
        "stylelab enlarge small.png sharp.jpg --factor 4 --detail 0.03",
    ];

    protected override Task<int> RunAsync(ParseResult call, Interruption interruption) =>
        _output.RunAsync(call, [_picture, _sharp], interruption, () => Prepare(call));

    private (Synthesis, IEnumerable<string>) Prepare(ParseResult call)
    {
        var settings = _options.Read(call);
        var network = settings.LoadNetwork();
        var layers = Inputs.Layers(call.GetRequiredValue(_layers), network);
        var picture = Inputs.Picture(call.GetValue(_picture)!);
        var sharp = Inputs.Picture(call.GetValue(_sharp)!);
        var run = settings.Complete(Experiments.SuperResolution(network, picture, sharp, call.GetValue(_factor), layers,
            settings.Optimizer, call.GetValue(_detail), settings.TotalVariation));
        return (run, [call.GetValue(_picture)!, call.GetValue(_sharp)!, .. settings.Files.Where(file => file != settings.StartName)]);
    }
}
