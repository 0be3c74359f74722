using System.Text.Json.Nodes;

namespace StyleLab.Notebooks.Widgets;

/// <summary>Several widgets, beside or below each other.</summary>
public sealed class Box : Widget
{
    private volatile Widget[] _children = [];

    internal Box(string name, IEnumerable<Widget> children) : base(WidgetClass.Control(name))
    {
        Set("box_style", "");
        Children = [.. children];
    }

    /// <summary>What stands in it, in order.</summary>
    public IReadOnlyList<Widget> Children
    {
        get => _children;
        set
        {
            _children = [.. value];
            Set("children", new JsonArray([.. _children.Select(ReferenceTo)]));
        }
    }

    internal override IEnumerable<WidgetModel> Parts => [.. base.Parts, .. _children];

    internal override string Name => Front.Model.Replace("Model", "", StringComparison.Ordinal);
}
