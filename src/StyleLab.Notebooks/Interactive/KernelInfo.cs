using StyleLab.Notebooks;

namespace Microsoft.DotNet.Interactive;

/// <summary>What a kernel is called.</summary>
public sealed class KernelInfo
{
    internal KernelInfo(string localName)
    {
        var language = Language.Find(localName);
        LocalName = localName;
        LanguageName = localName == CompositeKernel.RootName ? "" : localName.StartsWith("sql-", StringComparison.Ordinal) ? Language.Sql.Title : language?.Title ?? localName;
        Aliases = language?.Aliases ?? [];
    }

    /// <summary>The name behind <c>#!</c>.</summary>
    public string LocalName { get; }

    /// <summary>The language that its cells are written in; empty for what holds all kernels.</summary>
    public string LanguageName { get; }

    /// <summary>Both.</summary>
    public string DisplayName => LanguageName.Length > 0 ? $"{LocalName} - {LanguageName}" : LocalName;

    /// <summary>Other names behind <c>#!</c>.</summary>
    public IReadOnlyList<string> Aliases { get; }

    public override string ToString() => DisplayName;
}
