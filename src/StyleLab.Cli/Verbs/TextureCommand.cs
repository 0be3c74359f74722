using System.CommandLine;
using StyleLab.Cli.Parsing;
using StyleLab.Cli.Progress;
using StyleLab.Cli.Runs;

namespace StyleLab.Cli.Verbs;

/// <summary>A new piece of a texture from the shell.</summary>
internal sealed class TextureCommand : ComputingVerb
{
    private readonly Argument<string?> _texture = new("TEXTURE")
    {
        Description = "Picture of the texture (PNG, JPEG, WebP, GIF or BMP).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly OutputOptions _output = new();

    private readonly RunOptions _options = new(new RunSettings { StartName = "noise" },
        sizeMeans: "Long side that the texture is brought to before it is looked at, and of the result.");

    private readonly Option<int?> _width = NumberOption.Optional("--width", "Width of the result in pixels; that of the texture if not given.");
    private readonly Option<int?> _height = NumberOption.Optional("--height", "Height of the result in pixels; that of the texture if not given.");
    private readonly Option<bool> _tileable = new("--tileable") { Description = "Make a picture that can be laid side by side without seams." };
    private readonly Option<string> _layers = PictureOption.Layers("Layers of the Gram matrices; 'input' stands for the colours.", Loss.DefaultStyleLayers);

    public TextureCommand() : base("texture", "Make a new piece of the TEXTURE: the same things in other places.", OutputOptions.Nothing)
    {
        Add(_texture);
        foreach (Option option in new Option[] { _width, _height, _tileable, _layers })
            Add(option);
        _output.AddTo(this);
        _options.AddTo(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "stylelab texture pebbles.jpg -o more-pebbles.png",
        "stylelab texture bricks.jpg --width 512 --height 256 --seed 3",
        "stylelab texture mosaic.png --tileable --layers relu1_1..relu3_1 -o tile.png",
    ];

    protected override Task<int> RunAsync(ParseResult call, Interruption interruption) =>
        _output.RunAsync(call, [_texture], interruption, () => Prepare(call));

    private (Synthesis, IEnumerable<string>) Prepare(ParseResult call)
    {
        var settings = _options.Read(call);
        var network = settings.LoadNetwork();
        var layers = Inputs.Layers(call.GetRequiredValue(_layers), network);
        var texture = Inputs.Picture(call.GetValue(_texture)!, settings.LongSide);
        var size = new PictureSize(call.GetValue(_width) ?? texture.Width, call.GetValue(_height) ?? texture.Height);
        var run = settings.Complete(Experiments.TextureSynthesis(network, texture, layers, size, call.GetValue(_tileable),
            settings.LoadStart(), settings.Optimizer));
        return (run, [call.GetValue(_texture)!, .. settings.Files]);
    }
}
