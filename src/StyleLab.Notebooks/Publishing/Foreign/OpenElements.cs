namespace StyleLab.Notebooks;

/// <summary>How many elements are open between two tags of HTML, or may be: never fewer than there are.</summary>
internal sealed class OpenElements
{
    // Browsers draw the line at 512, and no page is written so.
    private const int MostOpen = 256;

    private static readonly HashSet<string> Void =
        ["area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta", "param", "source", "track", "wbr"];

    // The next of its kind closes these, so that they need no end.
    private static readonly HashSet<string> Implied =
        ["html", "head", "body", "p", "li", "dt", "dd", "option", "tr", "thead", "tbody", "tfoot", "colgroup"];

    private static readonly HashSet<string> Cells = ["td", "th", "caption"];

    // No end inside these ends what began outside.
    private static readonly HashSet<string> Walls = ["applet", "object", "marquee", "template", .. Cells];

    private readonly List<(string Wall, Dictionary<string, int> Open)> _frames = [("", [])];
    private int _count;

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        _frames.Clear();
        _frames.Add(("", []));
        _count = 0;
    }

    /// <summary>Counts an element that begins.</summary>
    /// <returns>False where too many are open.</returns>
    public bool Begin(string name, bool isSelfClosing)
    {
        bool isForeign = _frames.Exists(frame => frame.Open.GetValueOrDefault("svg") + frame.Open.GetValueOrDefault("math") > 0);
        if (isForeign ? isSelfClosing : Void.Contains(name))
            return true;
        if (!isForeign && (Implied.Contains(name) || Cells.Contains(name)))
        {
            // A cell ends the one before it; what that has left open may stay so.
            if ((Cells.Contains(name) || name == "tr") && Cells.Contains(_frames[^1].Wall))
                Pop();
            if (Cells.Contains(name))
                _frames.Add((name, []));
            return _frames.Count <= MostOpen;
        }

        if (Walls.Contains(name))
            _frames.Add((name, []));
        _frames[^1].Open[name] = _frames[^1].Open.GetValueOrDefault(name) + 1;
        return ++_count <= MostOpen;
    }

    /// <summary>Counts the end of an element, where one of that name is open.</summary>
    public void End(string name)
    {
        if (name is "tr" or "table" && Cells.Contains(_frames[^1].Wall))
            Pop();
        var open = _frames[^1].Open;
        if (Walls.Contains(name) && (_frames[^1].Wall != name || open.GetValueOrDefault("table") > 0))
            return;
        if (open.GetValueOrDefault(name) is > 0 and var count)
        {
            open[name] = count - 1;
            _count--;
        }

        if (Walls.Contains(name))
            Pop();
    }

    private void Pop()
    {
        var inner = _frames[^1].Open;
        _frames.RemoveAt(_frames.Count - 1);
        foreach (var (name, count) in inner)
            _frames[^1].Open[name] = _frames[^1].Open.GetValueOrDefault(name) + count;
    }
}
