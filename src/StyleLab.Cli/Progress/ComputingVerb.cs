using System.CommandLine;
using StyleLab.Cli.Parsing;

namespace StyleLab.Cli.Progress;

/// <summary>A verb that works for a while: Ctrl-C is heard from its first moment on, pictures and networks are loaded, too.</summary>
internal abstract class ComputingVerb : Verb
{
    private readonly EngineOption _engine = new();

    /// <param name="name">The verb.</param>
    /// <param name="description">For the help text.</param>
    /// <param name="otherwise">What is said if Ctrl-C comes while there is nothing to save.</param>
    protected ComputingVerb(string name, string description, string otherwise) : base(name, description) =>
        SetAction(async (call, _) =>
        {
            using var interruption = new Interruption(otherwise);
            HasEngine = await interruption.UnlessAskedAsync(() => _engine.Use(call));
            return await RunAsync(call, interruption);
        });

    /// <summary>True if the call names the engine.</summary>
    protected bool HasEngine { get; private set; }

    /// <summary>Adds what all of them take, after their own.</summary>
    public ComputingVerb WithEngine()
    {
        Add(_engine);
        return this;
    }

    /// <returns>The exit code.</returns>
    protected abstract Task<int> RunAsync(ParseResult call, Interruption interruption);
}
