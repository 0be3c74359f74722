using System.CommandLine;
using System.Globalization;
using StyleLab.Cli.Outputs;
using StyleLab.Cli.Parsing;
using StyleLab.Cli.Progress;
using StyleLab.Cli.Runs;
using StyleLab.Tensors.Engines;

namespace StyleLab.Cli.Verbs;

/// <summary>Makes the picture of a PNG again from the recipe it carries, and says whether it is the same.</summary>
internal sealed class ReproduceCommand : ComputingVerb
{
    private readonly Argument<string> _picture = new("PICTURE") { Description = "PNG that a StyleLab run wrote." };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "File to write the new picture to; without it, the pictures are only compared.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _allowOutside = new("--allow-outside")
    {
        Description = "Open files that the recipe names outside of the current folder and that of the picture; without it the command asks, and refuses where there is no terminal.",
    };

    private readonly Option<bool> _allowDownload = new("--allow-download")
    {
        Description = "Download the network that the recipe names if it is not on this computer; without it the command asks, and refuses where there is no terminal.",
    };

    public ReproduceCommand() : base("reproduce", "Make a picture again from the recipe in its PNG file, and compare.",
        "Interrupted before the first step: there is nothing to compare yet.")
    {
        Add(_picture);
        Add(_output);
        Add(_allowOutside);
        Add(_allowDownload);
    }

    public override IReadOnlyList<string> Examples => 
    [
        "stylelab reproduce painted.png",
        "stylelab reproduce painted.png -o again.png",
        "stylelab reproduce painted.png --allow-outside --allow-download",
    ];

    protected override async Task<int> RunAsync(ParseResult call, Interruption interruption)
    {
        var (path, output) = (call.GetRequiredValue(_picture), call.GetValue(_output));
        var (original, recipe, run) = await interruption.UnlessAskedAsync(() =>
        {
            var original = Inputs.Picture(path);
            if (output is not null)
                OutputPicture.Check(output, [path]);
            var recipe = new RecipeOfPicture(path, call.GetValue(_allowOutside), call.GetValue(_allowDownload)).Read(original);
            // The bits of torch hang on the number of threads, which its recipes name.
            bool isTorch = !HasEngine && recipe.Engine.StartsWith("torch", StringComparison.Ordinal);
            return (original, recipe, recipe.Synthesize(isTorch ? Engine.Named(recipe.Engine) : null));
        });
        var result = await SynthesisProgress.RunAsync(run, interruption);
        if (result.Diverged)
            SynthesisOutcome.Warn(result);
        if (result.Interrupted)
        {
            Console.Error.WriteLine($"Interrupted after step {result.History.Count}: there is nothing to compare yet.");
            return ExitCode.Failed;
        }
        bool isInPlace = output is null || Rescue.Save(output, result.Picture.Save) == output;
        int exitCode = Compare(path, original, recipe, result);
        return isInPlace && !result.Diverged ? exitCode : ExitCode.Failed;
    }

    private static int Compare(string path, Picture original, Recipe recipe, SynthesisResult result)
    {
        // A saved picture has 8 bits a value: the new one is compared as it would be saved.
        var made = Picture.Decode(result.Picture.EncodePng());
        if ((original.Width, original.Height) != (made.Width, made.Height))
        {
            Console.WriteLine($"{path} is {original.Width}×{original.Height} but its recipe makes {made.Width}×{made.Height}: it was changed after it was made.");
            return ExitCode.Failed;
        }
        double differing = DifferingPixels(original, made);
        if (differing == 0)
        {
            Console.WriteLine($"{path} is reproduced bit-identical.");
            return ExitCode.Done;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{path} is reproduced differently: {Percent(differing)} of the pixels differ, PSNR {original.Psnr(made):0.0} dB; {Reason(recipe, result.Recipe)}."));
        return ExitCode.Failed;
    }

    private static double DifferingPixels(Picture a, Picture b)
    {
        int pixels = a.Width * a.Height;
        int differing = Enumerable.Range(0, pixels).Count(i =>
            a.Alpha?[i] != b.Alpha?[i] || a.Values[i] != b.Values[i] || a.Values[pixels + i] != b.Values[pixels + i] || a.Values[2 * pixels + i] != b.Values[2 * pixels + i]);
        return (double)differing / pixels;
    }

    // Never rounded to 0 %: one pixel is a difference.
    private static string Percent(double share) => share < 0.0001 ? "under 0.01 %" : string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##} %");

    private static string Reason(Recipe then, Recipe now) =>
        then.Engine != now.Engine ? $"it was made with {then.Engine} and now with {now.Engine}, and only the same instruction set gives the same bits"
        : then.StyleLab != now.StyleLab ? $"it was made by StyleLab {then.StyleLab} and now by {now.StyleLab}"
        : "engine and version are the same, so the picture was changed after it was made";
}
