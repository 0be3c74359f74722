using System.Security.Cryptography;
using System.Text;
using AngleSharp.Dom;

namespace StyleLab.Notebooks;

/// <summary>The scripts of a page, and the content security policy that lets these run and fetches nothing.</summary>
internal sealed class PageScripts
{
    private readonly SortedSet<string> _sources = new(StringComparer.Ordinal);
    private bool _hasHandlers;
    private bool _compiles;

    /// <summary>How many scripts the notebook brings.</summary>
    public int Scripts { get; private set; }

    /// <summary>How many event handlers it brings, and links that run a script or lead on by themselves; those of our own figures are left out.</summary>
    public int Handlers { get; private set; }

    /// <summary>Lets a script of the page itself run.</summary>
    /// <param name="text">What stands between its tags.</param>
    public void AddOwn(string text) => _sources.Add(Hash(text));

    /// <summary>Lets a script run that lies beside the page or is its publisher's.</summary>
    /// <param name="address">Where it lies.</param>
    /// <param name="mayCompile">Whether it may compile functions, which drawings in three dimensions need.</param>
    /// <returns>The nonce of its element.</returns>
    public string AddFile(string address, bool mayCompile)
    {
        _compiles |= mayCompile;
        string nonce = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(address)));
        _sources.Add($"nonce-{nonce}");
        return nonce;
    }

    /// <summary>Lets the scripts and handlers of a piece of the notebook run.</summary>
    /// <param name="place">The element that holds it; scripts of elsewhere get a nonce.</param>
    /// <returns>Whether it was changed.</returns>
    public bool Add(IElement place)
    {
        bool isChanged = false;
        foreach (var element in place.QuerySelectorAll("*"))
        {
            foreach (var attribute in element.Attributes.Where(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)))
                AddHandler(attribute.Value);
            if (element.LocalName == "script" && IsExecutable(element))
                isChanged |= AddScript(element);
            else if (element.LocalName == "iframe" && element.GetAttribute("srcdoc") is { } frame && BoundedHtml.Fragment(frame) is { } inside)
                Add(inside);
            else if (element.GetAttribute("href")?.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase) == true
                || (element.LocalName == "meta" && element.HasAttribute("http-equiv")))
                Handlers++;
        }

        return isChanged;
    }

    /// <summary>Says what the notebook brings.</summary>
    public void SayTo(Action<string>? say)
    {
        if (Scripts + Handlers > 0)
        {
            say?.Invoke($"The page runs {Counted(Scripts, "script")} and {Counted(Handlers, "handler")} of the notebook in its reader's browser; "
                + "for a notebook that you do not know, stylelab publish --sanitize takes them out.");
        }
    }

    /// <summary>The policy.</summary>
    public string Policy()
    {
        // Charts load what they need in scripts of their own, compile functions, and make pictures of themselves.
        bool hasCharts = Scripts > 0;
        string scripts = string.Join(' ', _sources.Select(source => $"'{source}'"))
            + (_hasHandlers ? " 'unsafe-hashes'" : "") + (hasCharts ? " 'strict-dynamic'" : "") + (hasCharts || _compiles ? " 'unsafe-eval'" : "");
        string blob = hasCharts ? " blob:" : "";
        return $"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:{blob}; media-src data:{blob}; font-src data:;"
            + $"{(hasCharts ? " worker-src blob:;" : "")} base-uri 'none'; form-action 'none'";
    }

    private static string Counted(int count, string what) => FormattableString.Invariant($"{count} {what}{(count == 1 ? "" : "s")}");

    private void AddHandler(string text)
    {
        _hasHandlers = true;
        _sources.Add(Hash(text));
        if (!OwnScripts.IsHandler(text))
            Handlers++;
    }

    private bool AddScript(IElement script)
    {
        Scripts++;
        if ((script.GetAttribute("src") ?? script.GetAttribute("href") ?? script.GetAttribute("xlink:href")) is not { } address)
        {
            _sources.Add(Hash(script.TextContent));
            return false;
        }

        script.SetAttribute("nonce", AddFile(address, mayCompile: true));
        return true;
    }

    private static bool IsExecutable(IElement script) => script.GetAttribute("type")?.Trim().ToLowerInvariant() is var type
        && (string.IsNullOrEmpty(type) || type is "module" or "importmap" || type.Contains("javascript") || type.Contains("ecmascript"));

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}
