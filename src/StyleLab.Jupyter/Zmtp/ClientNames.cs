using System.Collections.Concurrent;

namespace StyleLab.Jupyter.Zmtp;

/// <summary>The identities of those who have shown that they are clients.</summary>
internal sealed class ClientNames
{
    private readonly ConcurrentDictionary<string, bool> _names = [];

    /// <summary>Notes an identity; one that is empty belongs to nobody.</summary>
    public void Add(byte[] identity)
    {
        if (identity.Length > 0)
            _names.TryAdd(Convert.ToHexString(identity), true);
    }

    public bool Contains(byte[] identity) => identity.Length > 0 && _names.ContainsKey(Convert.ToHexString(identity));
}
