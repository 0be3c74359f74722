using System.Text;
using Microsoft.CodeAnalysis;

namespace StyleLab.Notebooks;

/// <summary>The files of <c>#load</c>, without what a script cannot hold; that is compiled beside it.</summary>
internal sealed class LoadedSources(string folder) : SourceFileResolver([], folder)
{
    private readonly Dictionary<string, string> _scripts = [];

    /// <summary>From now on the file is this text.</summary>
    public void Replace(string file, string script)
    {
        lock (_scripts)
            _scripts[file] = script;
    }

    /// <summary>From now on the file is what it holds.</summary>
    public void Restore(string file)
    {
        lock (_scripts)
            _scripts.Remove(file);
    }

    public override Stream OpenRead(string resolvedPath)
    {
        lock (_scripts)
        {
            return _scripts.TryGetValue(resolvedPath, out string? script)
                ? new MemoryStream(Encoding.UTF8.GetBytes(script))
                : base.OpenRead(resolvedPath);
        }
    }
}
