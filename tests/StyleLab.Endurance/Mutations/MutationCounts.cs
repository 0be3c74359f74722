using System.IO.MemoryMappedFiles;

namespace StyleLab.Endurance.Mutations;

/// <summary>What became of an input.</summary>
internal enum Outcome
{
    /// <summary>It was read.</summary>
    Read,

    /// <summary>It was refused with a sentence of ours.</summary>
    Refused,

    /// <summary>Another exception came out.</summary>
    Foreign,
}

/// <summary>How far a worker is, in a file that outlives it.</summary>
internal sealed class MutationCounts : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public MutationCounts(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, 64);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>The round in progress.</summary>
    public long Round
    {
        get => _view.ReadInt64(0);
        set => _view.Write(0, value);
    }

    public long this[Outcome outcome]
    {
        get => _view.ReadInt64(8 + 8 * (int)outcome);
        set => _view.Write(8 + 8 * (int)outcome, value);
    }

    public void Clear()
    {
        foreach (var outcome in Enum.GetValues<Outcome>())
            this[outcome] = 0;
        Round = -1;
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
