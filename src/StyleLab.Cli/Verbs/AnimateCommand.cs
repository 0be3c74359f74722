using StyleLab.Cli.Runs;
using System.CommandLine;
using StyleLab.Cli.Outputs;
using StyleLab.Cli.Parsing;
using StyleLab.Cli.Progress;

namespace StyleLab.Cli.Verbs;

/// <summary>Makes an animation of pictures.</summary>
internal sealed class AnimateCommand : ComputingVerb
{
    private readonly Argument<string[]> _pictures = new("PICTURE")
    {
        Description = "Picture files in the order in which they are shown. Others are cropped and resized to the size of the first.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The file to write: .gif, or .mp4 if ffmpeg is installed.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "animation.gif",
    };

    private readonly Option<int?> _size = NumberOption.Optional("--size", "Longer side in pixels; that of the first picture if not given.");
    private readonly Option<double> _hold = NumberOption.Weight("--hold", "Seconds that each picture stands.", 1, "S");
    private readonly Option<double> _fade = NumberOption.Weight("--fade", "Seconds of a cross-fade to the next; 0 cuts.", 0.6, "S");

    private readonly Option<string> _dithering = ChoiceOption.Create("--dithering",
        "How a GIF shows colours that are not among its 255.", "floyd-steinberg", "ordered", "none");

    public AnimateCommand() : base("animate", "Make an animated GIF or a film of pictures.", "Interrupted: nothing was written.")
    {
        Add(_pictures);
        foreach (Option option in new Option[] { _output, _size, _hold, _fade, _dithering })
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "stylelab animate round-*.png -o drift.gif",
        "stylelab animate content.png result.png -o transfer.mp4 --hold 2 --fade 1",
    ];

    protected override Task<int> RunAsync(ParseResult call, Interruption interruption) => interruption.UnlessAskedAsync(() => Animate(call));

    private int Animate(ParseResult call)
    {
        var output = call.GetRequiredValue(_output);
        var files = call.GetRequiredValue(_pictures);
        if (Path.GetExtension(output).ToLowerInvariant() is not (".gif" or ".mp4"))
            throw new WrongCallException($"The output '{output}' names no animation: give it the extension .gif or .mp4.");
        OutputFile.RequireWritable(output);
        var first = call.GetValue(_size) is { } size ? Inputs.Picture(files[0], size) : Inputs.Picture(files[0]);
        Picture[] pictures = [first, .. files.Skip(1).Select(file => Inputs.Picture(file).CropToAspect(first.Width, first.Height).Resize(first.Width, first.Height))];

        var animation = Animation.CrossFade(pictures, call.GetValue(_hold), call.GetValue(_fade));
        animation.Dithering = call.GetRequiredValue(_dithering) switch
        {
            "none" => Dithering.None,
            "ordered" => Dithering.Ordered,
            _ => Dithering.FloydSteinberg,
        };
        string saved = Rescue.Save(output, animation.Save);
        Console.WriteLine($"{saved} · {animation}");
        return saved == output ? ExitCode.Done : ExitCode.Failed;
    }
}
