using System.Globalization;
using System.Xml.Linq;
using StyleLab.Figures;

namespace StyleLab.Tests.Figures;

/// <summary>Reads SVG as a viewer would; parsing fails unless it is well-formed XML.</summary>
internal sealed class Svg(string text)
{
    private static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    public XElement Root { get; } = XDocument.Parse(text).Root!;

    public IEnumerable<XElement> All(string name) => Root.Descendants(Namespace + name);

    public string[] Texts => [.. All("text").Select(e => e.Value)];

    public Box[] Images => [.. All("image").Select(BoxOf)];

    public static Box BoxOf(XElement element) =>
        new(Number(element, "x"), Number(element, "y"), Number(element, "width"), Number(element, "height"));

    public static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
