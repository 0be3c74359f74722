using AngleSharp.Dom;

namespace StyleLab.Notebooks;

/// <summary>What HTML of a notebook takes from other places: a file of its folder comes into the page, and a link stands for the rest.</summary>
internal sealed class Elsewhere(EmbeddedImages images, PublishNotes notes)
{
    /// <returns>Whether anything was changed.</returns>
    public bool Replace(IElement place)
    {
        bool isChanged = false;
        foreach (var element in place.QuerySelectorAll("link, img, video, audio, source, track, iframe, object, embed").ToList())
            isChanged |= TakeIn(element);
        return isChanged;
    }

    private bool TakeIn(IElement element)
    {
        bool isChanged = false;
        foreach (string name in (string[])["srcset", "poster"])
        {
            if (element.GetAttribute(name) is { } other && !IsInside(other))
            {
                element.RemoveAttribute(name);
                isChanged = true;
            }
        }

        if (element.GetAttribute(element.LocalName switch { "link" => "href", "object" => "data", _ => "src" }) is not { Length: > 0 } address
            || IsInside(address) || element.HasAttribute("srcdoc"))
            return isChanged;
        if (element.LocalName is "img" or "video" or "audio" or "source" && images.ResolveMedia(address) is var found && found != address)
        {
            element.SetAttribute("src", found);
            return true;
        }

        notes.NotTakenIn(address);
        if (element is { LocalName: "source", ParentElement: { LocalName: "video" or "audio" } film } && film.QuerySelectorAll("source").Length == 1)
            film.Replace(Link(film, address));
        else if (element.LocalName is "link" or "source" or "track")
            element.Remove();
        else
            element.Replace(Link(element, address));
        return true;
    }

    private static IElement Link(IElement element, string address)
    {
        // A link cannot stand inside another.
        bool isLink = element.ParentElement?.Closest("a") == null && (!address.Contains(':') || PublishNotes.IsRemote(address));
        var link = element.Owner!.CreateElement(isLink ? "a" : "span");
        link.ClassName = "elsewhere";
        if (isLink)
            link.SetAttribute("href", address);
        link.TextContent = element.GetAttribute("alt") is { Length: > 0 } text ? text : address;
        return link;
    }

    private static bool IsInside(string address) => address.TrimStart() is var text
        && (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("blob:", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("about:", StringComparison.OrdinalIgnoreCase));
}
