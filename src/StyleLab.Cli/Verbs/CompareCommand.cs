using StyleLab.Cli.Runs;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using StyleLab.Cli.Parsing;
using StyleLab.Cli.Progress;

namespace StyleLab.Cli.Verbs;

/// <summary>Measures how far two pictures are apart.</summary>
internal sealed class CompareCommand : ComputingVerb
{
    private readonly Argument<string> _picture = new("PICTURE") { Description = "A PNG, JPEG, WebP, GIF or BMP file." };

    private readonly Argument<string> _reference = new("REFERENCE") { Description = "The picture it is compared with." };

    private readonly Option<string?> _network = new("--network")
    {
        Description = "Measure content and style too, as this loss network sees them.",
        HelpName = "NAME|FILE",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the measures as one JSON object." };

    public CompareCommand() : base("compare", "Measure how far two pictures are apart.", "Interrupted: nothing was measured.")
    {
        Add(_picture);
        Add(_reference);
        Add(_network);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "stylelab compare restored.png original.png",
        "stylelab compare result.png style.png --network vgg19-slim --json",
    ];

    protected override Task<int> RunAsync(ParseResult call, Interruption interruption) => interruption.UnlessAskedAsync(() => Compare(call));

    private int Compare(ParseResult call)
    {
        var network = call.GetValue(_network) is { } name ? Inputs.Network(name) : null;
        var (picture, reference) = (Inputs.Picture(call.GetRequiredValue(_picture)), Inputs.Picture(call.GetRequiredValue(_reference)));
        var measures = Measures(picture, reference, network);
        if (call.GetValue(_json))
        {
            // JSON has no infinity, which is the PSNR of equal pictures.
            var json = measures.Select(m => KeyValuePair.Create<string, JsonNode?>(m.Key, double.IsFinite(m.Value) ? m.Value : null));
            Console.WriteLine(new JsonObject(json).ToJsonString());
            return ExitCode.Done;
        }

        foreach (var measure in measures)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{measure.Words,-44}{(double.IsPositiveInfinity(measure.Value) ? "∞" : $"{measure.Value:0.#####}"),12}{measure.Unit}"));
        if (!IsOneSize(picture, reference))
            Console.Error.WriteLine($"The sizes differ ({picture.Width}×{picture.Height} and {reference.Width}×{reference.Height}), so only measures that need no equal size are given.");
        return ExitCode.Done;
    }

    private static List<(string Key, string Words, double Value, string Unit)> Measures(Picture picture, Picture reference, LossNetwork? network)
    {
        var measures = new List<(string, string, double, string)>();
        if (IsOneSize(picture, reference))
        {
            measures.Add(("psnr", "PSNR", Measure.Psnr(picture, reference), " dB"));
            if (Math.Min(picture.Width, picture.Height) >= 11)
                measures.Add(("ssim", "SSIM (1: equal)", Measure.Ssim(picture, reference), ""));
            if (network != null)
                measures.Add(("contentDistance", "content distance, relu4_2 (0: equal)", Measure.ContentDistance(network, picture, reference), ""));
        }

        if (network != null)
            measures.Add(("gramDistance", "Gram distance, relu1_1..relu5_1 (0: equal)", Measure.GramDistance(network, picture, reference), ""));
        measures.Add(("colorDistance", "colour distance (0: equal)", ColorStatistics.Of(picture).DistanceTo(ColorStatistics.Of(reference)), ""));
        if (Math.Min(Math.Min(picture.Width, picture.Height), Math.Min(reference.Width, reference.Height)) >= 3)
        {
            measures.Add(("sharpness", "sharpness", Measure.Sharpness(picture), ""));
            measures.Add(("referenceSharpness", "sharpness of the reference", Measure.Sharpness(reference), ""));
        }
        return measures;
    }

    private static bool IsOneSize(Picture first, Picture second) => (first.Width, first.Height) == (second.Width, second.Height);
}
