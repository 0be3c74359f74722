using System.CommandLine;
using StyleLab.Cli.Outputs;
using StyleLab.Cli.Parsing;
using StyleLab.Cli.Runs;

namespace StyleLab.Cli.Verbs;

/// <summary>One picture from the shell: a content picture painted like one or several style pictures.</summary>
internal sealed class TransferCommand : Verb
{
    private readonly Argument<string> _content = new("CONTENT") { Description = "Picture that says what is shown (PNG or JPEG)." };

    private readonly Argument<string[]> _styles = new("STYLE")
    {
        Description = "Picture that says how it is painted; several share the style weight evenly.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _output = PictureOption.Output();
    private readonly TransferOptions _options = new(new TransferSettings { TotalVariation = Experiments.TotalVariationWeight });
    private readonly Option<bool> _json = PictureOption.Json();

    public TransferCommand() : base("transfer", "Paint the CONTENT picture in the style of the STYLE pictures.")
    {
        Add(_content);
        Add(_styles);
        Add(_output);
        _options.AddTo(this);
        Add(_json);
        SetAction((call, _) => SynthesisOutcome.SaveAsync(Prepare(call), call.GetRequiredValue(_output), call.GetValue(_json)));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "stylelab transfer photo.jpg painting.jpg -o painted.png",
        "stylelab transfer photo.jpg painting.jpg --size 512 --start content --keep-colors",
        "stylelab transfer photo.jpg waves.png mosaic.png --style-weight 2 --style-layers relu1_1..relu4_1",
        "stylelab transfer photo.jpg painting.jpg --convention pytorch-tutorial --style-weight 500000",
    ];

    /// <summary>The run that the call describes. Everything that can be wrong with the call is found here.</summary>
    private Synthesis Prepare(ParseResult call)
    {
        var settings = _options.Read(call) with { Content = call.GetRequiredValue(_content), Styles = call.GetRequiredValue(_styles) };
        var run = settings.Synthesize(Inputs.Picture);
        OutputPicture.Check(call.GetRequiredValue(_output), settings.Files);
        return run;
    }
}
