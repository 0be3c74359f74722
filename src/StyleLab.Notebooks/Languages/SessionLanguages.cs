using Microsoft.DotNet.Interactive;

namespace StyleLab.Notebooks;

/// <summary>The languages that a session runs besides C#; connections, and kernels of its own, are added by its cells.</summary>
/// <param name="items">What the session keeps.</param>
internal sealed class SessionLanguages(SessionItems items) : IDisposable
{
    private readonly List<ICellLanguage> _all = [new HttpLanguage(), new FSharpLanguage()];

    /// <summary>All there are now.</summary>
    public IReadOnlyList<ICellLanguage> All
    {
        get
        {
            lock (_all)
                return [.. _all, .. items.Of<SessionKernels>().Own.Select(kernel => new KernelLanguage(kernel))];
        }
    }

    /// <summary>The connections to databases.</summary>
    public IEnumerable<SqlLanguage> Connections => All.OfType<SqlLanguage>();

    /// <summary>The language of that name or alias, also one that only a cell has added; null if there is none.</summary>
    public Language? Find(string name) =>
        Language.Find(name) ?? All.Select(known => known.Language).FirstOrDefault(language => language.IsCalled(name));

    /// <summary>What runs a language; null if nothing does.</summary>
    public ICellLanguage? RunnerOf(Language language) => All.FirstOrDefault(known => known.Language.Name == language.Name)
        ?? (language.Name == Language.Sql.Name && Connections.ToList() is [var only] ? only : null);

    /// <summary>Adds a connection; one of the same name is closed.</summary>
    public void Add(SqlLanguage connection)
    {
        lock (_all)
        {
            foreach (var before in _all.OfType<SqlLanguage>().Where(known => known.Language.Name == connection.Language.Name).ToList())
            {
                _all.Remove(before);
                before.Dispose();
            }

            _all.Add(connection);
        }
    }

    public void Dispose()
    {
        foreach (var language in All.OfType<IDisposable>())
            language.Dispose();
    }
}
