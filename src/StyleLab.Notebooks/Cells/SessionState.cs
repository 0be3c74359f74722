using StyleLab.Notebooks.Packages;
using StyleLab.Notebooks.Widgets;

namespace StyleLab.Notebooks;

/// <summary>What the cells of a session leave behind for later ones.</summary>
internal sealed class SessionState
{
    /// <param name="folder">Where relative paths begin.</param>
    public SessionState(string folder)
    {
        Folder = folder;
        var references = new ScriptReferences(folder);
        Script = new Script(folder, references);
        Packages = new SessionPackages(folder, references);
        Languages = new SessionLanguages(Items);
    }

    public string Folder { get; }

    public Script Script { get; }

    public SessionPackages Packages { get; }

    public SessionLanguages Languages { get; }

    public SessionItems Items { get; } = new();

    public OutputThread Outputs { get; } = new();

    public LiveDisplays LiveDisplays { get; } = new();

    public SessionWidgets Widgets { get; } = new();

    /// <summary>What to do about a cell that does not stop.</summary>
    public string HowToForce { get; set; } =
        "Press stop once more to end it by force, which may end the kernel and lose its variables.";

    /// <summary>The texts kept with <c>#!value</c>.</summary>
    public Dictionary<string, KeptText> Values { get; } = [];
}
