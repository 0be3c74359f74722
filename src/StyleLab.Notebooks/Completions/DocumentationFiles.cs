using System.Text;
using Microsoft.CodeAnalysis;

namespace StyleLab.Notebooks;

/// <summary>
/// Finds the documentation of a symbol in the XML file beside its assembly, or for .NET itself in the SDK's. The file is
/// searched as it lies, which takes milliseconds; reading it into objects would take seconds and stay in memory.
/// </summary>
internal static class DocumentationFiles
{
    private static readonly Lazy<string?> SdkFolder = new(FindSdkFolder);

    /// <summary>The <c>member</c> element, or null.</summary>
    public static string? Find(ISymbol symbol)
    {
        if (symbol.GetDocumentationCommentId() is not { } id || symbol.ContainingAssembly is not { } assembly)
            return null;
        byte[] start = Encoding.UTF8.GetBytes($"<member name=\"{id.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;")}\">");
        return Files(assembly).Select(file => Find(file, start)).FirstOrDefault(found => found != null);
    }

    private static IEnumerable<string> Files(IAssemblySymbol assembly)
    {
        string? file = ScriptReferences.FileOf(assembly.Name);
        if (file != null && File.Exists(Path.ChangeExtension(file, ".xml")))
            return [Path.ChangeExtension(file, ".xml")];
        if (SdkFolder.Value is not { } folder)
            return [];

        // Types of the private core library are documented where they are public.
        string[] likely = [Path.Combine(folder, assembly.Name + ".xml"), Path.Combine(folder, "System.Runtime.xml")];
        return likely.Where(File.Exists).Concat(Directory.EnumerateFiles(folder, "*.xml").Except(likely));
    }

    private static string? Find(string file, byte[] start)
    {
        ReadOnlySpan<byte> text = File.ReadAllBytes(file);
        int begin = text.IndexOf(start);
        if (begin < 0)
            return null;
        int length = text[begin..].IndexOf("</member>"u8);
        return length < 0 ? null : Encoding.UTF8.GetString(text.Slice(begin, length + "</member>".Length));
    }

    private static string? FindSdkFolder()
    {
        string packs = Path.Combine(DotNet.Root ?? "", "packs", "Microsoft.NETCore.App.Ref");
        if (!Directory.Exists(packs))
            return null;
        string version = $"{Environment.Version.Major}.";
        return Directory.EnumerateDirectories(packs, version + "*").OrderDescending(StringComparer.Ordinal)
            .SelectMany(pack => Directory.EnumerateDirectories(Path.Combine(pack, "ref"))).FirstOrDefault();
    }
}
