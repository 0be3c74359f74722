using System.Text;
using System.Xml;

namespace StyleLab.Notebooks;

/// <summary>Drawings without scripts, handlers and anything that is fetched.</summary>
internal static class SvgSanitizer
{
    private const string Svg = "http://www.w3.org/2000/svg", XLink = "http://www.w3.org/1999/xlink";

    // Browsers draw none deeper.
    private const int MostDepth = 256;

    private static readonly HashSet<string> Elements =
    [
        "svg", "g", "a", "defs", "symbol", "use", "switch", "title", "desc", "style", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
        "text", "tspan", "textPath", "image", "marker", "pattern", "clipPath", "mask", "linearGradient", "radialGradient", "stop", "filter", "view",
        "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap",
        "feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode",
        "feMorphology", "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence",
    ];

    /// <summary>The drawing with what is known to be harmless.</summary>
    /// <returns>Null where it is no SVG, or nested too deep.</returns>
    public static string? Clean(string svg)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Parse, XmlResolver = null, MaxCharactersFromEntities = 1_000_000, IgnoreComments = true, IgnoreProcessingInstructions = true,
        };
        var clean = new StringBuilder();
        try
        {
            using var reader = XmlReader.Create(new StringReader(svg.TrimStart()), settings);
            using var writer = XmlWriter.Create(clean, new XmlWriterSettings { OmitXmlDeclaration = true, ConformanceLevel = ConformanceLevel.Fragment });
            reader.MoveToContent();
            if (reader is not { LocalName: "svg", NamespaceURI: Svg })
                return null;
            for (bool isMore = true; isMore;)
                isMore = Copy(reader, writer);
        }
        catch (XmlException)
        {
            return null;
        }

        return clean.ToString();
    }

    /// <summary>Writes the node, or passes over it with all that it holds, and goes to the next.</summary>
    /// <returns>False at the end, and where it is nested too deep.</returns>
    private static bool Copy(XmlReader reader, XmlWriter writer)
    {
        if (reader.NodeType is XmlNodeType.Element)
        {
            if (reader.Depth > MostDepth)
                throw new XmlException("Nested too deep.");
            if (reader.NamespaceURI != Svg || !Elements.Contains(reader.LocalName))
            {
                reader.Skip();
                return !reader.EOF;
            }

            if (reader.LocalName == "style")
            {
                string css = reader.ReadElementContentAsString();
                if (SafeCss.Is(css))
                    writer.WriteElementString("style", Svg, css);
                return !reader.EOF;
            }

            bool isEmpty = reader.IsEmptyElement;
            writer.WriteStartElement(reader.LocalName, Svg);
            CopyAttributes(reader, writer);
            if (isEmpty)
                writer.WriteEndElement();
        }
        else if (reader.NodeType is XmlNodeType.EndElement)
            writer.WriteEndElement();
        else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace && reader.Depth > 0)
            writer.WriteString(reader.Value);
        return reader.Read();
    }

    private static void CopyAttributes(XmlReader reader, XmlWriter writer)
    {
        while (reader.MoveToNextAttribute())
        {
            string name = reader.LocalName, value = reader.Value;
            if (name == "href" && reader.NamespaceURI is "" or XLink)
            {
                if (value.StartsWith('#') || value.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase))
                    writer.WriteAttributeString("href", value);
            }
            else if (reader.NamespaceURI.Length == 0 && !name.StartsWith("on", StringComparison.OrdinalIgnoreCase) && name != "xmlns" && SafeCss.Is(value))
                writer.WriteAttributeString(name, value);
            else if (reader is { Prefix: "xml", LocalName: "space" })
                writer.WriteAttributeString("xml", "space", null, value);
        }

        reader.MoveToElement();
    }
}
