using System.CommandLine;
using StyleLab.Cli.Outputs;
using StyleLab.Cli.Parsing;

namespace StyleLab.Cli.Verbs;

/// <summary>A new piece of a texture from the shell.</summary>
internal sealed class TextureCommand : Verb
{
    private readonly Argument<string> _texture = new("TEXTURE") { Description = "Picture of the texture (PNG or JPEG)." };
    private readonly Option<string> _output = PictureOption.Output();
    private readonly Option<int> _size = NumberOption.Whole("--size", "Long side that the texture is brought to before it is looked at.", 256, smallest: 1);
    private readonly Option<int?> _width = PictureOption.Side("--width", "Width of the result in pixels; that of the texture if not given.");
    private readonly Option<int?> _height = PictureOption.Side("--height", "Height of the result in pixels; that of the texture if not given.");
    private readonly Option<bool> _tileable = new("--tileable") { Description = "Make a picture that can be laid side by side without seams." };
    private readonly Option<string> _layers = PictureOption.Layers("Layers of the Gram matrices; 'input' stands for the colours.", Loss.DefaultStyleLayers);
    private readonly Option<int> _steps = NumberOption.Whole("--steps", "Optimizer steps over all sizes.", 300, smallest: 0);
    private readonly Option<long> _seed = NumberOption.Whole("--seed", "Number that the noise it starts from is made from.", 1L, smallest: 0);
    private readonly Option<string> _network = PictureOption.Network();
    private readonly Option<bool> _json = PictureOption.Json();

    public TextureCommand() : base("texture", "Make a new piece of the TEXTURE: the same things in other places.")
    {
        Add(_texture);
        foreach (Option option in new Option[] { _output, _size, _width, _height, _tileable, _layers, _steps, _seed, _network, _json })
            Add(option);
        SetAction((call, _) => SynthesisOutcome.SaveAsync(Prepare(call), call.GetRequiredValue(_output), call.GetValue(_json)));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "stylelab texture pebbles.jpg -o more-pebbles.png",
        "stylelab texture bricks.jpg --width 512 --height 256 --seed 3",
        "stylelab texture mosaic.png --tileable --layers relu1_1..relu3_1 -o tile.png",
    ];

    private Synthesis Prepare(ParseResult call)
    {
        var network = Inputs.Network(call.GetRequiredValue(_network));
        var layers = Inputs.Layers(call.GetRequiredValue(_layers), network);
        var texture = Inputs.Picture(call.GetRequiredValue(_texture), call.GetValue(_size));
        OutputPicture.Check(call.GetRequiredValue(_output), [call.GetRequiredValue(_texture)]);
        var size = new PictureSize(call.GetValue(_width) ?? texture.Width, call.GetValue(_height) ?? texture.Height);
        return Experiments.TextureSynthesis(network, texture, layers, size, call.GetValue(_tileable),
            Start.Noise(call.GetValue(_seed)), Optimizer.Lbfgs(call.GetValue(_steps)));
    }
}
