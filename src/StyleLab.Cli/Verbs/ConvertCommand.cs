using System.CommandLine;
using StyleLab.Cli.Outputs;
using StyleLab.Cli.Parsing;
using StyleLab.Notebooks;

namespace StyleLab.Cli.Verbs;

/// <summary>Turns a notebook into the other format.</summary>
internal sealed class ConvertCommand : Verb
{
    private readonly Argument<string> _in = new("IN") { Description = "An .ipynb or .dib file." };

    private readonly Argument<string> _out = new("OUT") { Description = "The file to write; its ending, .ipynb or .dib, is the format." };

    public ConvertCommand() : base("convert", "Convert a notebook between .ipynb and .dib.")
    {
        Add(_in);
        Add(_out);
        SetAction(Convert);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "stylelab convert old.dib new.ipynb",
        "stylelab convert notebooks/03-style-transfer.ipynb transfer.dib",
    ];

    private int Convert(ParseResult call)
    {
        var (input, output) = (call.GetRequiredValue(_in), call.GetRequiredValue(_out));
        RequireNotebook(input);
        RequireNotebook(output);
        if (!File.Exists(input))
            throw new WrongCallException($"{input} does not exist (looked for {Path.GetFullPath(input)}).");
        OutputFile.RequireWritable(output);
        try
        {
            var notebook = Notebook.Load(input);
            notebook.Save(output);
            Console.WriteLine(output);
            if (Notebook.IsDib(output) && notebook.Cells.Any(cell => cell.Kind == CellKind.Code && cell.Outputs.Count > 0))
                Console.Error.WriteLine($"{output} holds the cells only: .dib files have no outputs.");
            return ExitCode.Done;
        }
        catch (NotebookException error)
        {
            throw new StyleLabException(error.Message, error);
        }
    }

    private static void RequireNotebook(string path)
    {
        if (!Notebook.IsDib(path) && !Path.GetExtension(path).Equals(".ipynb", StringComparison.OrdinalIgnoreCase))
            throw new WrongCallException($"convert knows .ipynb and .dib files, got '{path}'.");
    }
}
