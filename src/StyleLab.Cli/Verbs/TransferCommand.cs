using System.CommandLine;
using StyleLab.Cli.Outputs;
using StyleLab.Cli.Parsing;
using StyleLab.Cli.Progress;
using StyleLab.Cli.Runs;

namespace StyleLab.Cli.Verbs;

/// <summary>A content picture, or each of many, painted like one or several style pictures.</summary>
internal sealed class TransferCommand : ComputingVerb
{
    private readonly Argument<string?> _content = new("CONTENT")
    {
        Description = "Picture that says what is shown (PNG, JPEG, WebP, GIF or BMP).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Argument<string[]> _styles = new("STYLE")
    {
        Description = "Picture that says how it is painted; several are mixed.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly ValueOption<string> _contentOption = new("--content",
        "Contents by name: a folder, or all pictures that follow. The pictures without an option are styles then.",
        ValueKind.Word("FOLDER|FILE") with { EndsList = Directory.Exists }, several: true);

    private readonly ValueOption<string> _styleOption = new("--style",
        "Styles by name: all pictures that follow. The pictures without an option are contents then.", ValueKind.Word("FILE"), several: true);

    private readonly Option<string?> _out = new("--out")
    {
        Description = "Folder for the results of several contents, each under its content's name. The same call again makes only what is missing.",
        HelpName = "FOLDER",
    };

    private readonly OutputOptions _output = new();
    private readonly TransferOptions _options = new(new TransferSettings { TotalVariation = Experiments.TotalVariationWeight }, mixes: true);

    public TransferCommand() : base("transfer", "Paint the CONTENT picture in the style of the STYLE pictures.", OutputOptions.Nothing)
    {
        Add(_content);
        Add(_styles);
        foreach (Option option in new Option[] { _contentOption, _styleOption, _out })
            Add(option);
        _output.AddTo(this);
        _options.AddTo(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "stylelab transfer photo.jpg painting.jpg -o painted.png",
        "stylelab transfer photo.jpg painting.jpg --look broad",
        "stylelab transfer photo.jpg painting.jpg --size 512 --start content --keep-colors",
        "stylelab transfer photo.jpg waves.png mosaic.png --style-weights 2 1 --style-layers relu1_1..relu4_1",
        "stylelab transfer photo.jpg night.png mosaic.png --mask sky.png ground.png",
        "stylelab transfer --content photos --style painting.jpg --out painted",
        "stylelab transfer photo.jpg painting.jpg --steps 1000 --save-every 100 -o painted.png",
        "stylelab transfer --resume painted.resume.safetensors -o painted.png",
        "stylelab transfer photo.jpg painting.jpg --convention pytorch-tutorial --style-weight 500000",
    ];

    protected override Task<int> RunAsync(ParseResult call, Interruption interruption)
    {
        string[] contents = call.GetValue(_contentOption) ?? [], styles = call.GetValue(_styleOption) ?? [];
        bool isNamed = contents.Length > 0 || styles.Length > 0;
        string? folder = call.GetValue(_out);
        if (!isNamed && folder is null)
            return _output.RunAsync(call, [_content, _styles], interruption, () => Describe(call, SourcesOf(call, contents, styles, folder)));

        if (folder is not null && OutputPicture.IsFile(folder))
            throw new WrongCallException($"--out takes a folder, got '{folder}': for one picture say -o {folder}.");
        var sources = SourcesOf(call, contents, styles, folder);
        if (!sources.IsBatch)
            return _output.RunAsync(call, [], interruption, () => Describe(call, sources));
        if (_output.HasOutput(call) || _output.Resume(call) is not null)
            throw new WrongCallException("--out is the folder of several results, so leave out --output and --resume: the same call goes on where it stopped.");
        if (sources.Styles.Count == 0)
            throw new WrongCallException(ParseErrors.Missing(call, _styles));
        return new TransferBatch(SettingsOf(call, sources), sources.Contents, folder!, _output.SaveEvery(call), _output.Json(call)).RunAsync(interruption);
    }

    private TransferSources SourcesOf(ParseResult call, string[] contents, string[] styles, string? folder)
    {
        string[] pictures = [.. new[] { call.GetValue(_content) }.OfType<string>(), .. call.GetValue(_styles) ?? []];
        return TransferSources.Of(pictures, contents, styles, folder);
    }

    private TransferSettings SettingsOf(ParseResult call, TransferSources sources) => _options.Read(call) with { Content = sources.Contents[0], Styles = sources.Styles };

    /// <summary>The run that the call describes. Everything that can be wrong with the call is found here.</summary>
    private (Synthesis, IEnumerable<string>) Describe(ParseResult call, TransferSources sources)
    {
        var settings = SettingsOf(call, sources);
        var run = settings.Synthesize(Inputs.Picture);
        if (sources.Told(isNamed: call.GetResult(_styleOption) is not null) is { } told)
            Console.Error.WriteLine(told);
        return (run, settings.Files);
    }
}
