using System.Collections.Concurrent;

namespace StyleLab.Notebooks;

/// <summary>What a session keeps for the code of its cells, one of each type.</summary>
internal sealed class SessionItems
{
    private readonly ConcurrentDictionary<Type, object> _items = new();

    /// <summary>The one of that type, made when it is first asked for.</summary>
    public T Of<T>() where T : class, new() => (T)_items.GetOrAdd(typeof(T), _ => new T());
}
